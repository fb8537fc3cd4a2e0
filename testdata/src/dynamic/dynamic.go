// Package dynamic computes keys. Nope: that is a note, which flagdebt check tells.
package dynamic

import "github.com/Unleash/unleash-client-go/v4"

func asked(c *unleash.Client, keys []string) {
	for _, key := range keys {
		_ = unleash.IsEnabled(key)
	}
	_ = c.ListFeatures()
}
