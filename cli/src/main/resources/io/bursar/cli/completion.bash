
# What is above knows an option and its value as two words. Of NAME=VALUE bash makes three, of which the sign is left out here.
function _complete_bursar_words() {
  local cursor=$COMP_CWORD word
  local -a given words
  given=("${COMP_WORDS[@]}")
  for ((word = 0; word < ${#given[@]}; word++)); do
    if [[ "${given[word]}" != "=" ]]; then
      words+=("${given[word]}")
    elif ((word < COMP_CWORD)); then
      ((cursor--))
    else
      words+=("")
    fi
  done
  local COMP_CWORD=$cursor
  local -a COMP_WORDS
  COMP_WORDS=("${words[@]}")
  _complete_bursar "$@"
}
complete -F _complete_bursar_words -o default bursar
