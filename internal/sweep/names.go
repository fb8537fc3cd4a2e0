// This file names branches.

package sweep

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"

	"github.com/flagdebt/flagdebt/registry"
)

// ours begins the name of each of our branches, and of no other.
func (c Config) ours() string { return c.Prefix + "remove/" }

const maxSlug = 60

var (
	notInSlug = regexp.MustCompile(`[^a-z0-9._-]+`)
	runs      = regexp.MustCompile(`[.-]*(\.\.|--|-\.|\.-)[.-]*`)
)

// branchName returns the branch for the removal of a flag: readable, a valid
// ref whatever the key holds, and another one for each flag.
func (c Config) branchName(id registry.ID) string {
	text := id.Key
	if id.Param != "" {
		text += "." + id.Param
	}
	slug := notInSlug.ReplaceAllString(strings.ToLower(text), "-")
	slug = strings.Trim(runs.ReplaceAllString(slug, "-"), ".-")
	if len(slug) > maxSlug {
		slug = strings.TrimRight(slug[:maxSlug], ".-")
	}
	if slug == "" {
		slug = "flag"
	}
	return c.ours() + slug + "-" + identity(id)
}

// identity returns eight digits that tell flags apart: of the key's digest,
// where the key is all that is known.
func identity(id registry.ID) string {
	text := id.Key
	if id != (registry.ID{Key: id.Key}) {
		text = strings.Join([]string{id.Source, id.Project, id.Key, id.Param}, "\x00")
	}
	return digest(text)[:8]
}

// digest returns the hexadecimal SHA-256 of a text.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
