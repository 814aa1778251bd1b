export const shells = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof shells)[number];

/**
 * Each script hands the words up to the cursor to `completion SHELL --` and offers the lines that it prints: a value, a tab,
 * what it is; the last line is `:files`, `:folders` or `:none`. No word is ever evaluated.
 */
export function completionScript(shell: Shell): string {
  return scripts[shell];
}

// COMP_WORDS is cut at = and :, which is undone for the program and done again for the candidates.
const bash = `# bash completion of pinecone-contract, for ~/.bashrc: eval "$(pinecone-contract completion bash)"
_contract_completion() {
  local command="\${1/#\\~/$HOME}" current="\${COMP_WORDS[COMP_CWORD]}" files=':none' value word place joined=''
  local -a words=()
  for ((place = 1; place <= COMP_CWORD; place++)); do
    word="\${COMP_WORDS[place]}"
    if [[ \${#words[@]} -gt 0 && ( $word == [=:]* || $joined == *[=:] ) ]]; then
      words[\${#words[@]}-1]+="$word"
    else
      words+=("$word")
    fi
    joined="$word"
  done
  [[ $current == [=:] ]] && current=''
  word="\${words[\${#words[@]}-1]#[\\"\\']}"
  words[\${#words[@]}-1]="$word"
  local before="\${word%"\${current#[\\"\\']}"}"
  COMPREPLY=()
  while IFS=$'\\t' read -r value _; do
    case $value in
      :*) files="$value" ;;
      *) COMPREPLY+=("\${value#"$before"}") ;;
    esac
  done < <("$command" completion bash -- "\${words[@]}" 2>/dev/null)
  if [[ $files == :none ]]; then
    compopt +o default 2>/dev/null
  elif [[ \${#COMPREPLY[@]} -eq 0 ]]; then
    [[ $files == :folders ]] && compopt -o dirnames 2>/dev/null
  else
    compopt -o filenames 2>/dev/null
    while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -f -- "$current")
  fi
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *[/_] ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -o default -F _contract_completion pinecone-contract`;

const zsh = `#compdef pinecone-contract
# zsh completion of pinecone-contract, for ~/.zshrc, after compinit: eval "$(pinecone-contract completion zsh)"
_contract_completion() {
  local value about last files=':none' command="\${(Q)words[1]}"
  local -a whole partial asked
  # The quotes of a word that is not closed yet are no part of it.
  last="\${(Q)words[CURRENT]}"
  asked=("\${(@Q)words[2,CURRENT-1]}" "\${last#[\\\"\\\']}")
  while IFS=$'\\t' read -r value about; do
    case $value in
      :*) files=$value ;;
      */ | *_) partial+=("$value") ;;
      *) whole+=("\${value//:/\\\\:}:$about") ;;
    esac
  done < <("\${command/#\\~/$HOME}" completion zsh -- "\${(@)asked}" 2>/dev/null)
  (( $#whole )) && _describe -t values 'pinecone-contract' whole
  (( $#partial )) && compadd -S '' -a partial
  if [[ $files != :none ]]; then
    compset -P '--[a-z-]#=' || compset -P '--*='
    [[ $files == :folders ]] && _files -/ || _files
  fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _contract_completion "$@"
else
  compdef _contract_completion pinecone-contract
fi`;

const fish = `# fish completion of pinecone-contract, for ~/.config/fish/config.fish: pinecone-contract completion fish | source
function _contract_completion
  set -l words (commandline -opc)
  set -l current (commandline -ct | string unescape)
  set -l command (string replace -r '^~' $HOME -- $words[1])
  set -l files :none
  for line in ($command completion fish -- $words[2..-1] "$current" 2>/dev/null)
    switch $line
      case ':*'
        set files $line
      case '*'
        echo $line
    end
  end
  set -l option (string match -r '^--[a-z-]+=' -- "$current")
  set -l path (string replace -r '^--[a-z-]+=' '' -- "$current")
  switch $files
    case :files
      printf "$option%s\\n" (__fish_complete_path $path)
    case :folders
      printf "$option%s\\n" (__fish_complete_directories $path '')
  end
end
complete -c pinecone-contract -f -a '(_contract_completion)'`;

const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };
