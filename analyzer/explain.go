package analyzer

import (
	"go/parser"
	"go/token"
	"strings"
)

// ruleHeading begins the section of a rule in the package's documentation.
const ruleHeading = "# Rule "

// Explain returns what the documentation says of a rule, without its heading, as
// the text of a Go doc comment; it is not ok where there is no such rule.
func Explain(word string) (text string, ok bool) {
	for section := range strings.SplitSeq("\n"+documentation(), "\n"+ruleHeading) {
		heading, text, _ := strings.Cut(section, "\n")
		if heading == word && word != "" {
			return strings.TrimSpace(text) + "\n", true
		}
	}
	return "", false
}

// Explained returns the words of all rules that Explain knows, in the order of
// the documentation.
func Explained() []string {
	var words []string
	for line := range strings.Lines(documentation()) {
		if word, ok := strings.CutPrefix(line, ruleHeading); ok {
			words = append(words, strings.TrimSpace(word))
		}
	}
	return words
}

// DefaultSeverity returns the severity of a rule's findings where the
// configuration says nothing of it; "" where there is no such rule.
func DefaultSeverity(word string) Severity {
	if word == providerRule || word == baselineRule {
		return SeverityWarning
	}
	for _, r := range rules {
		if r.word == word {
			return r.severity
		}
	}
	return ""
}

// documentation returns the text of the package's doc comment.
func documentation() string {
	file, err := parser.ParseFile(token.NewFileSet(), "doc.go", docSource, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil || file.Doc == nil {
		return "" // it is a file of this very package, which compiles
	}
	return file.Doc.Text()
}

// JudgesCode reports whether a rule's findings lie in Go code, where a comment can
// silence them.
func JudgesCode(word string) bool {
	switch word {
	case unused.word, conflict.word, providerRule, baselineRule:
		return false
	}
	return DefaultSeverity(word) != ""
}
