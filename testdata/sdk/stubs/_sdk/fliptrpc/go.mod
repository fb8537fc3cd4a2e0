module go.flipt.io/flipt/rpc/flipt

go 1.26
