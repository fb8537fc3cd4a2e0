module go.flipt.io/flipt/sdk/go

go 1.26

require go.flipt.io/flipt/rpc/flipt v1.0.0
