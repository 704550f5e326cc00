# Types lines into an interactive zsh that has sourced a script for completion, each with a TAB behind it, and prints what
# becomes of them. Arguments: the script, the lines.
zmodload zsh/zpty
script=$1
shift

# Until zsh has written a text.
await() {
  local read chunk
  while zpty -r shell chunk; do
    read+=$chunk
    [[ $read == *$1* ]] && return
  done
  exit 1
}

zpty shell zsh -f -i
# A shell as its user has it before: with a completion of something else, and an alias for that.
zpty -w shell 'autoload -U compinit; compinit -u -D; other() { : }; _other() { compadd zebra }; compdef _other other; alias o=other'
zpty -w shell "source ${(q)script}"
zpty -w shell 'show() { print -r -- "$BUFFER" >> lines; BUFFER=; print "SHO""WN" }; zle -N show; bindkey "^X" show; print "REA""DY"'
await READY
for line in "$@"; do
  zpty -w -n shell "$line"$'\t\x18'
  await SHOWN
done
zpty -d shell
cat lines
