"""The program in one file: without arguments the page opens, with arguments it is `gischema`."""

import sys
from multiprocessing import freeze_support

if __name__ == "__main__":
    freeze_support()
    from gischema.cli import main

    if len(sys.argv) == 1:
        sys.argv.append("serve")
    main()
