package config

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Digest returns a hash of all that the configuration says, defaults included,
// for cache keys. It does not change with comments, order of keys or place of
// the repository; the contents of registry files are not part of it.
func (c *Config) Digest() string {
	data, err := json.Marshal(struct {
		*Config
		Version string
	}{c, c.Version.String()})
	if err != nil {
		panic(err) // every field is plain data
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
