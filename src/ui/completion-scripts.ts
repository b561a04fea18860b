/**
 * Completion scripts by shell. They call `mesh completion SHELL =WORD…` each time, so that they are never outdated; the
 * `=` before each word keeps it from being read as an option of the call.
 */
export const completionScripts: Readonly<Record<string, string>> = {
  bash: `# bash completion of mesh: put this line into ~/.bashrc
#   eval "$(mesh completion bash)"
_mesh_complete() {
  local current=\${COMP_WORDS[COMP_CWORD]} kind line
  local -a typed=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  COMPREPLY=()
  [ "$current" = = ] && current=
  {
    IFS= read -r kind
    case $kind in
      files)
        compopt -o filenames 2>/dev/null
        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
        ;;
      folders)
        compopt -o filenames 2>/dev/null
        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$current")
        ;;
      *)
        [ "$kind" = open ] && compopt -o nospace 2>/dev/null
        while IFS= read -r line; do COMPREPLY+=("\${line%%$'\\t'*}"); done
        ;;
    esac
  } < <("\${COMP_WORDS[0]}" completion bash "\${typed[@]/#/=}" 2>/dev/null)
}
complete -F _mesh_complete mesh
`,
  zsh: `#compdef mesh
# zsh completion of mesh: put this line into ~/.zshrc, after compinit
#   eval "$(mesh completion zsh)"
_mesh() {
  local kind line
  local -a lines described typed
  typed=("\${(@)words[2,CURRENT]}")
  lines=("\${(@f)$("\${words[1]}" completion zsh "\${(@)typed/#/=}" 2>/dev/null)}")
  kind=\${lines[1]}
  case $kind in
    files) compset -P '--*='; _files ;;
    folders) compset -P '--*='; _files -/ ;;
    *)
      for line in "\${(@)lines[2,-1]}"; do
        [[ -z $line ]] && continue
        if [[ $line == *$'\\t'* ]]; then
          described+=("\${line%%$'\\t'*}:\${line#*$'\\t'}")
        else
          described+=("$line")
        fi
      done
      if [[ $kind == open ]]; then _describe mesh described -S ''; else _describe mesh described; fi
      ;;
  esac
}
if [[ \${funcstack[1]} == _mesh ]]; then _mesh; else compdef _mesh mesh; fi
`,
  fish: `# fish completion of mesh: put this line into ~/.config/fish/config.fish
#   mesh completion fish | source
function __mesh_complete
    set -l current (commandline -ct)
    set -l typed (commandline -opc) "$current"
    set -l lines ($typed[1] completion fish =$typed[2..-1] 2>/dev/null)
    switch "$lines[1]"
        case files
            __fish_complete_path "$current"
        case folders
            __fish_complete_directories "$current" ''
        case '*'
            test (count $lines) -gt 1; and printf '%s\\n' $lines[2..-1]
    end
end
complete -c mesh -f -a '(__mesh_complete)'
`,
};
