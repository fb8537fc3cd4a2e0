module github.com/influxdata/influxdb/v2

go 1.26
