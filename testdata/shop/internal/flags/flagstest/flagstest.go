// Package flagstest makes flag clients for tests.
package flagstest

import (
	"testing"
	"time"

	ld "github.com/launchdarkly/go-server-sdk/v7"
	"github.com/launchdarkly/go-server-sdk/v7/ldcomponents"
	"github.com/launchdarkly/go-server-sdk/v7/testhelpers/ldtestdata"
)

// Client returns a client that serves the flags of td and no others, without a network.
func Client(t testing.TB, td *ldtestdata.TestDataSource) *ld.LDClient {
	t.Helper()
	client, err := ld.MakeCustomClient("", ld.Config{
		DataSource: td,
		Events:     ldcomponents.NoEvents(),
		Logging:    ldcomponents.NoLogging(),
	}, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client
}
