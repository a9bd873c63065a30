@echo off
rem Adds a line to the menu of the right mouse button on reports: check, and write the copy with comments.
rem Run it in the folder of gischema.exe; "right-click.cmd remove" takes the line away again.
chcp 65001 >nul
setlocal
set "program=%~dp0gischema.exe"
set "menu=HKCU\Software\Classes\SystemFileAssociations"
if exist "%program%" goto found
echo 请把本文件与 gischema.exe 放在同一个文件夹
pause
exit /b 1
:found
for %%e in (docx xlsx pdf htm html) do (
  if /i "%~1"=="remove" (
    reg delete "%menu%\.%%e\shell\gischema" /f >nul
  ) else (
    reg add "%menu%\.%%e\shell\gischema" /ve /d "校验并批注" /f >nul
    reg add "%menu%\.%%e\shell\gischema\command" /ve /d "cmd /k \"\"%program%\" mark \"%%1\"\"" /f >nul
  )
)
echo 好了
pause
