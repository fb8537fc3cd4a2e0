package fixer

import (
	"errors"
	"io/fs"
	"os"
)

// disk is what writing needs of a file system. Tests have it fail, and end the
// process, at each single call.
type disk interface {
	read(name string) ([]byte, error)
	create(name string, data []byte, mode fs.FileMode) error // a new file, durably
	link(from, to string) error
	rename(from, to string) error
	remove(name string) error
	note(j *journal, text string) error // durably
}

// osDisk is the file system of the operating system.
type osDisk struct{}

func (osDisk) read(name string) ([]byte, error) { return os.ReadFile(name) }

func (osDisk) create(name string, data []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(mode) // the umask may have taken some of it
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func (osDisk) link(from, to string) error   { return os.Link(from, to) }
func (osDisk) rename(from, to string) error { return os.Rename(from, to) }
func (osDisk) remove(name string) error     { return os.Remove(name) }

func (osDisk) note(j *journal, text string) error {
	if _, err := j.WriteString(text); err != nil {
		return err
	}
	if text == written {
		// Were it to fail now, all would be undone, and the line say otherwise.
		return nil
	}
	return j.Sync()
}
