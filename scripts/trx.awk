# Reads a test run's results (.trx) and says, a line each:
#   passed                          for each test that did
#   skipped <full name>[\t<why>]    for each test that was skipped, explicit, inconclusive or only warned
#   failed <full name>              for each test that did, behind what there is to say of it in lines that begin with "| "
# The variable root, where it is given, is left out of the paths in stacks.

function attribute(line, name,    rest) {
  if (!match(line, " " name "=\"[^\"]*\"")) return ""
  rest = substr(line, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
  return text(rest)
}

function text(xml) {
  gsub(/&lt;/, "<", xml); gsub(/&gt;/, ">", xml); gsub(/&quot;/, "\"", xml); gsub(/&apos;/, "'", xml)
  gsub(/&#xD;/, "", xml); gsub(/&#x9;/, "\t", xml); gsub(/&#xA;/, " ", xml); gsub(/&amp;/, "\\&", xml)
  return xml
}

# The text of an element that may go on for lines, up to its end or the file's.
function element(tag,    all) {
  all = $0
  sub("^.*<" tag ">", "", all)
  while (index($0, "</" tag ">") == 0 && (getline) > 0) all = all "\n" $0
  sub("</" tag ">.*$", "", all)
  return text(all)
}

# Where it happened: the first frames that have a source.
function frames(stack,    lines, count, i, found, last, all) {
  count = split(stack, lines, "\n")
  for (i = 1; i <= count && found < 4 && !(found && lines[i] ~ /^(--|1\))/); i++) {
    if (lines[i] !~ /^ *at .* in .*:line [0-9]+$/ || lines[i] == last) continue
    last = lines[i]
    found++
    if (root != "" && index(lines[i], root "/"))
      all = all "\n" substr(lines[i], 1, index(lines[i], root "/") - 1) substr(lines[i], index(lines[i], root "/") + length(root) + 1)
    else
      all = all "\n" lines[i]
  }
  return all
}

function say(what,    lines, count, i) {
  count = split(what, lines, "\n")
  for (i = 1; i <= count && i <= 40; i++) if (lines[i] != "") print "| " lines[i]
  if (count > 40) print "| (and " count - 40 " more lines)"
}

/<UnitTestResult / {
  id = attribute($0, "testId")
  # The same test can come twice; its results are told apart by number.
  n = ++results
  of[n] = id; outcome[n] = attribute($0, "outcome"); name[n] = attribute($0, "testName"); what[n] = stack[n] = ""
}
/<Message>/ && n { what[n] = element("Message") }
/<StackTrace>/ && n { stack[n] = frames(element("StackTrace")) }
/<\/UnitTestResult>/ { n = 0 }
/<UnitTest / { id = attribute($0, "id") }
/<TestMethod / { type[id] = attribute($0, "className") }

END {
  for (n = 1; n <= results; n++) {
    full = type[of[n]] "." name[n]
    if (outcome[n] == "Passed") print "passed"
    else if (outcome[n] == "NotExecuted") {
      sub(/^[ \n]+/, "", what[n])
      sub(/\n.*/, "", what[n])
      print "skipped " full (what[n] == "" ? "" : "\t" what[n])
    } else {
      say(what[n])
      say(stack[n])
      print "failed " full
    }
  }
}
