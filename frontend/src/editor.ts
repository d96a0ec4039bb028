// The rich text editor: loads when someone first puts the cursor into a text field.
import "trix";
