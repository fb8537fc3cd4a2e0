package main

// This file words the files that init writes.

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// configText returns the configuration file.
func (p *proposal) configText() string {
	return fmt.Sprintf(`# yaml-language-server: $schema=https://raw.githubusercontent.com/flagdebt/flagdebt/main/internal/config/flagdebt.schema.json
# How flagdebt looks at this repository.
# All that may stand here: go doc github.com/flagdebt/flagdebt/cmd/flagdebt
version: 1
registry:
  - file: %s
    complete: true # it lists every flag: a key that it does not have is an error

# Tell of a flag two weeks before it expires:
# rules:
#   stale: {warn-before: 14d}

# Never rewrite what depends on these flags:
# protected: ["auth-*"]

# Ways of asking of your own, beside the flag systems that flagdebt knows:
%s`, yamlText(p.registry), indented("# ", p.providerExample()))
}

// providerExample returns a provider as one writes it into the configuration.
func (p *proposal) providerExample() string {
	module := p.module
	if module == "" {
		module = "example.com/app"
	}
	return fmt.Sprintf(`providers:
  - id: ours
    packages: [%s/flags]
    sites:
      - {names: [Enabled], key: 0} # flags.Enabled("new-checkout")
`, module)
}

// registryText returns the registry file.
func (p *proposal) registryText() string {
	var b strings.Builder
	fmt.Fprintf(&b, `# yaml-language-server: $schema=https://raw.githubusercontent.com/flagdebt/flagdebt/main/registry/yamlfile/flags.schema.json
# The flags of this repository. For each, say until when it may stay:
#   expires: %s   from the day after, every place that asks for it is stale
#   permanent: true       it stays
# and, as soon as it is known:
#   winner: true          what it will be for ever; "flagdebt fix" can remove it then
#   owner: "@team"        whom to ask
version: 1
`, p.today.AddDays(90))
	if len(p.flags) == 0 {
		b.WriteString("flags: {}\n")
		return b.String()
	}
	b.WriteString("flags:\n")
	for _, e := range p.flags {
		key, _ := yamlKey(e.key)
		fmt.Fprintf(&b, "  %s: {%s} # %s\n", key, strings.Join(e.fields(), ", "), e.remark())
	}
	return b.String()
}

// fields returns what is known of the flag.
func (e *entry) fields() []string {
	var out []string
	if e.owner != "" {
		out = append(out, "owner: "+yamlText(e.owner))
	}
	if e.created != "" {
		out = append(out, "created: "+e.created)
	}
	return out
}

// remark says where the flag comes from, and what is missing.
func (e *entry) remark() string {
	where := "asked by tests alone"
	if e.places > 0 {
		where = counted(e.places, "place")
	}
	return fmt.Sprintf("expires? winner? (%s, %s)", strings.Join(e.providers, ", "), where)
}

// plainText is the form of a text that means itself in YAML without quotes, in a
// flow mapping too, unless it is one of the words of reservedText.
var plainText = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_./-]*$`)

// reservedText matches words that YAML, or an older YAML, takes for no text.
var reservedText = regexp.MustCompile(`(?i)^(y|n|yes|no|on|off|true|false|null)$`)

// yamlText returns a text as YAML. Precondition: it is UTF-8.
func yamlText(s string) string {
	if plainText.MatchString(s) && !reservedText.MatchString(s) {
		return s
	}
	return strconv.Quote(s) // YAML knows all escapes of Go
}

// maxKey is the longest key that YAML takes, in bytes of its quoted form.
const maxKey = 1000

// yamlKey returns a flag's key as a key of YAML; it is not ok where YAML cannot
// hold it.
func yamlKey(key string) (text string, ok bool) {
	text = yamlText(key)
	return text, key != "" && utf8.ValidString(key) && len(text) <= maxKey
}
