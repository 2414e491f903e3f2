# Lets the generated client read the answers of later servers: in an enum that answers hold, what it has no name for is Unknown.
# Given the same file twice: first it is read for which enums those are, then it is changed.

# The enum that a line names the converter of.
function converted(line) {
  return match(line, /JsonStringEnumConverter<[A-Za-z0-9]+>/) ? substr(line, RSTART + 24, RLENGTH - 25) : ""
}

NR == FNR {
  if (/^    public partial class /) answer = $4 ~ /Response$/
  if (answer) answered[converted($0)]
  next
}

(name = converted($0)) != "" && name in answered { sub(/System\.Text\.Json\.Serialization\.JsonStringEnumConverter/, "AnswerEnumConverter") }

{ print }

/^    public enum / { isOpen = $3 in answered }

isOpen && /^    \{/ {
  print "\n        /// <summary>"
  print "        /// What this version of the client has no name for: a later server's. It is only read: what it is sent with is refused."
  print "        /// </summary>"
  print "        Unknown = -1,"
  isOpen = 0
}
