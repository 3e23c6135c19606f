@echo off
rem The command line of the packaged app (Windows): the app's own program, told to open no window.
"%~dp0..\..\Posthaste.exe" --cli -- %*
