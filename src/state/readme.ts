// What somebody reads who comes upon the files.

export const README = `# The state of a drawbell

Written by drawbell, which watches draws and tells people of them: what it has to remember from one run to the next.
Each change is a commit, so the history says what was known when. There is no need to look at any of it.

| file | what it holds |
|---|---|
| \`draws/<source>.json\` | What a publisher has said: its draws, their earlier states, the documents they were read from, and what was worth telling. |
| \`watch.json\` | How looking at the sources goes, and what the operator is told of it. |
| \`ledger.ndjson\` | One line for each message: what it is about, and how far it has come. It is written before the message is sent, and once more after; when that was is rounded to the hour. |
| \`recipients.ndjson\` | What has to be remembered of a recipient: an address that was refused, an endpoint that fails, when somebody was last asked for a newer score. |

All of it is public facts and keyed hashes: no address, no score, no place where messages go. Without the secret nobody
can tell who a line is about, nor whether two lines of the ledger are about the same person. With another secret,
neither can drawbell: what waits under the old one waits on.

## By hand

Best while nothing runs: a run that finds that something has changed meanwhile sends nothing and leaves it to the next.
Lines may be deleted; what is deleted is forgotten.

- A line of \`ledger.ndjson\` that is \`queued\` or \`held\`: the message is not sent. Any other: it is not known any more that it was.
- A line of \`recipients.ndjson\`: the recipient is written to again like everybody else.
- An event of \`draws/<source>.json\` or \`watch.json\`: only with the lines of the ledger that name it.
- \`draws/<source>.json\` as a whole: likewise; the source is then read as if for the first time.

What is wrong in a file is told with its line, and nothing is sent until it is mended. A file may also be put back to
what it was in an earlier commit, but then what was sent since may be sent once more.
`;
