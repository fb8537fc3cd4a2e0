module go.flipt.io/flipt-client

go 1.26
