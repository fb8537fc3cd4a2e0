module example.com/homemade

go 1.26
