; Windows: the posthaste: scheme, which electron-builder's installer has no words for, and the endings of files that can be
; imported. Of these Posthaste is among "Open with"; electron-builder's own words would take them from the program that has
; them. The app only shows what it is given.
!macro offerFor ENDING
  WriteRegStr SHELL_CONTEXT "Software\Classes\.${ENDING}\OpenWithProgids" "Posthaste.Importable" ""
!macroend

!macro offerNoMoreFor ENDING
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.${ENDING}\OpenWithProgids" "Posthaste.Importable"
!macroend

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\posthaste" "" "URL:Posthaste"
  WriteRegStr SHELL_CONTEXT "Software\Classes\posthaste" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\posthaste\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\posthaste\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  WriteRegStr SHELL_CONTEXT "Software\Classes\Posthaste.Importable" "" "Requests for Posthaste"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Posthaste.Importable\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Posthaste.Importable\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  !insertmacro offerFor "http"
  !insertmacro offerFor "har"
  !insertmacro offerFor "bru"
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\posthaste"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Posthaste.Importable"
  !insertmacro offerNoMoreFor "http"
  !insertmacro offerNoMoreFor "har"
  !insertmacro offerNoMoreFor "bru"
!macroend
