; Windows: the posthaste: scheme, which electron-builder's installer has no words for. Links are handed to the app as its
; argument, and the app only shows what they hold.
!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\posthaste" "" "URL:Posthaste"
  WriteRegStr SHELL_CONTEXT "Software\Classes\posthaste" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\posthaste\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\posthaste\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\posthaste"
!macroend
