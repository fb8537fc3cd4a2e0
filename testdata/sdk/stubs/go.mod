module example.com/stubs

go 1.26

require (
	github.com/Eppo-exp/golang-sdk/v6 v6.3.0
	github.com/influxdata/influxdb/v2 v2.7.11
	github.com/statsig-io/statsig-go-core v0.22.1
	github.com/tektoncd/pipeline v1.0.0
	go.flipt.io/flipt-client v1.0.0
	go.flipt.io/flipt/rpc/flipt v1.0.0
	go.flipt.io/flipt/sdk/go v1.0.0
	go.temporal.io/server v1.29.1
	knative.dev/serving v0.46.0
)

replace (
	github.com/Eppo-exp/golang-sdk/v6 => ./_sdk/eppo
	github.com/influxdata/influxdb/v2 => ./_sdk/influxdb
	github.com/statsig-io/statsig-go-core => ./_sdk/statsig
	github.com/tektoncd/pipeline => ./_sdk/tekton
	go.flipt.io/flipt-client => ./_sdk/fliptclient
	go.flipt.io/flipt/rpc/flipt => ./_sdk/fliptrpc
	go.flipt.io/flipt/sdk/go => ./_sdk/flipt
	go.temporal.io/server => ./_sdk/temporal
	knative.dev/serving => ./_sdk/knative
)
