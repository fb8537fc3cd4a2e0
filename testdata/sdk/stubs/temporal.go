package stubs

import "go.temporal.io/server/common/dynamicconfig"

// EnableNewQueues is a setting; so are those that follow.
var (
	EnableNewQueues = dynamicconfig.NewGlobalBoolSetting("system.enableNewQueues", false, "a setting")    // want declare:system.enableNewQueues=false
	EnablePerSpace  = dynamicconfig.NewNamespaceBoolSetting("frontend.enablePerSpace", true, "a setting") // want declare:frontend.enablePerSpace=true
	Limit           = dynamicconfig.NewGlobalIntSetting("frontend.limit", 3, "no flag")
)

type queueConfig struct {
	enableNew dynamicconfig.BoolPropertyFn
	perSpace  dynamicconfig.BoolPropertyFnWithNamespaceFilter
	limit     dynamicconfig.IntPropertyFn
}

func newQueueConfig(c *dynamicconfig.Collection) *queueConfig {
	return &queueConfig{
		enableNew: EnableNewQueues.Get(c), // want read:system.enableNewQueues
		perSpace:  EnablePerSpace.Get(c),  // want read:frontend.enablePerSpace
		limit:     Limit.Get(c),
	}
}

func temporal(q *queueConfig) {
	on(q.enableNew(), q.perSpace("space"), q.limit()) // want read:system.enableNewQueues read:frontend.enablePerSpace
}
