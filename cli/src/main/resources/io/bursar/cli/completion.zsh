
# What is above sets an option and an alias of the whole shell for itself: with them, aliases of others are not completed any
# more. What they are for is done.
[[ $_bursar_complete_aliases == on ]] || unsetopt complete_aliases
unset _bursar_complete_aliases
unalias compopt

# Files are left to zsh, which knows folders from other files. Called in a subshell, whose compgen is a copy.
function _complete_bursar_words() {
  functions[_bursar_compgen]="${functions[compgen]}"
  function compgen() {
    [[ "$1" == -f ]] || _bursar_compgen "$@"
  }
  _complete_bursar "$@"
}

# What is above knows an option and its value as two words, so NAME=VALUE is split.
function _bursar() {
  if [[ $PREFIX == --*=* ]]; then
    words=("${(@)words[1,CURRENT-1]}" "${PREFIX%%=*}" "${PREFIX#*=}" "${(@)words[CURRENT+1,-1]}")
    ((CURRENT++))
    compset -P 1 '*='
  fi
  _bash_complete -o default -F _complete_bursar_words
}
compdef _bursar bursar
