module github.com/statsig-io/statsig-go-core

go 1.26
