// This file is the state in a pull request: the hidden last line of its body.

package sweep

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"strings"
)

// marker is what we know of a pull request of ours. It is for machines; people
// do not see it.
type marker struct {
	Flag      string `json:"flag"`
	Winner    string `json:"winner"`
	Text      string `json:"body_sha"` // digest of title and body as we wrote them
	Tool      string `json:"tool"`
	Withdrawn bool   `json:"withdrawn,omitempty"` // we closed it, not people
}

// markerLine matches the marker. It stands on a line of its own, which no text
// from outside can begin.
var markerLine = regexp.MustCompile(`(?m)^<!-- flagdebt:v1 ([A-Za-z0-9+/]+) -->[ \t\r]*$`)

// String returns the line. Its base64 is the standard one: the one for
// addresses could hold "--", which must not be in a comment of HTML.
func (m marker) String() string {
	data, err := json.Marshal(m)
	if err != nil {
		return "" // strings and a bool: it cannot be
	}
	return "<!-- flagdebt:v1 " + base64.RawStdEncoding.EncodeToString(data) + " -->"
}

// markerIn returns the marker of a body; the last one where there are several.
func markerIn(body string) (m marker, ok bool) {
	all := markerLine.FindAllStringSubmatch(body, -1)
	if len(all) == 0 {
		return marker{}, false
	}
	data, err := base64.RawStdEncoding.DecodeString(all[len(all)-1][1])
	if err != nil || json.Unmarshal(data, &m) != nil {
		return marker{}, false
	}
	return m, true
}

// withMarker returns a body with this marker and no other.
func withMarker(body string, m marker) string {
	return strings.TrimRight(markerLine.ReplaceAllString(body, ""), " \t\r\n") + "\n\n" + m.String() + "\n"
}

// textDigest returns the digest of title and body, but for the marker and for
// what forms on the web do to line ends.
func textDigest(title, body string) string {
	body = strings.ReplaceAll(markerLine.ReplaceAllString(body, ""), "\r", "")
	return digest(strings.TrimSpace(title) + "\n" + strings.TrimSpace(body))[:16]
}
