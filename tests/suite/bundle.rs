//! Bundles for review and for upload: what `pack` writes opens everywhere and is the same every time; `verify` finds what
//! was done to it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::{Project, TODAY, nianbao};
use crate::tree;

/// A site with a report, an attachment and a finding.
fn site() -> Project {
    Project::new()
        .with_report("date = 2022-02-18\n\n[metrics]\nbeds = \"125张\"\n", "床位数125张，见[附件](<附件 1.csv>)。\n")
        .file("content/429006/附件 1.csv", "甲,乙\n")
}

/// Runs a command in a site; status and what was said must be as stated.
#[track_caller]
fn run(project: &Project, arguments: &[&str], status: i32, parts: &[&str]) -> String {
    let mut command = nianbao(&project.path(""));
    let output = command.args(["--lang", "en", "--today", TODAY]).args(arguments).output().expect("the program starts");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8(said).expect("words are UTF-8");
    assert_eq!(output.status.code(), Some(status), "{arguments:?}\n{said}");
    for part in parts {
        assert!(said.contains(part), "{arguments:?} should say `{part}`:\n{said}");
    }
    said
}

/// Unpacks a zip with `unzip` and gives its one folder.
fn unpack(zip: &Path, to: &Path) -> PathBuf {
    let output = Command::new("python3").args(["-m", "zipfile", "-e"]).arg(zip).arg(to).output().expect("python3");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut folders = std::fs::read_dir(to).expect("a folder").map(|entry| entry.expect("an entry").path());
    let folder = folders.next().expect("one folder");
    assert_eq!(folders.next(), None, "one folder only");
    folder
}

#[test]
fn bundles_are_the_same_every_time_and_open_elsewhere() {
    let project = site();
    run(&project, &["pack", "--output", "a.zip"], 0, &["wrote `a.zip`", "files"]);
    run(&project, &["pack", "--output", "b.zip", "--jobs", "1"], 0, &[]);
    let read = |name: &str| std::fs::read(project.path(name)).expect("a zip");
    assert!(read("a.zip") == read("b.zip"), "two bundles of one site differ");
    assert!(!project.path("public").exists(), "the usual output is left alone");
    let left = std::fs::read_dir(project.path("")).expect("a folder").count();
    assert_eq!(left, 3, "content and two zips, nothing else");

    let script = "import sys, zipfile\n\
        z = zipfile.ZipFile(sys.argv[1])\n\
        assert z.testzip() is None\n\
        names = [i.filename for i in z.infolist()]\n\
        assert names == sorted(names, key=lambda n: n.encode()) and len(set(names)) == len(names)\n\
        for i in z.infolist():\n\
        \x20   assert i.filename.startswith('示例年报/') and '\\\\' not in i.filename, i\n\
        \x20   assert i.filename.isascii() or i.flag_bits & 0x800, i\n\
        \x20   assert i.date_time == (2026, 1, 1, 0, 0, 0) and i.external_attr >> 16 == 0o100644, i\n\
        print('\\n'.join(names))\n";
    let mut python = Command::new("python3");
    let output = python.env("PYTHONIOENCODING", "utf-8").args(["-c", script]).arg(project.path("a.zip"));
    let output = output.output().expect("python3");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let names = String::from_utf8(output.stdout).expect("UTF-8");
    for name in ["先看这里.html", "findings.html", "manifest.sha256", "site/index.html", "site/files/429006/附件 1.csv"]
    {
        assert!(names.contains(&format!("示例年报/{name}\n")), "{name} is not among\n{names}");
    }
    assert!(!names.contains("/."), "hidden files are left out:\n{names}");

    let folder = unpack(&project.path("a.zip"), &project.path("审 核"));
    let sums = Command::new("sha256sum").args(["-c", "--quiet", "manifest.sha256"]).current_dir(&folder).output();
    let sums = sums.expect("sha256sum");
    assert!(sums.status.success(), "{}", String::from_utf8_lossy(&sums.stderr));
    if let Ok(unzip) = Command::new("unzip").arg("-tqq").arg(project.path("a.zip")).output() {
        assert!(unzip.status.success(), "{}", String::from_utf8_lossy(&unzip.stderr));
    }
    let first = std::fs::read_to_string(folder.join("先看这里.html")).expect("the first page");
    for part in ["site/index.html", "findings.html", "site/reports/429006/2021/proof.html", "解压"] {
        assert!(first.contains(part), "{first}");
    }
}

#[test]
fn a_bundle_without_a_name_is_called_after_title_and_day() {
    let project = site().file("content/site.toml", "title = \"年报: 2021/22\"\n");
    run(&project, &["pack"], 0, &["年报 2021 22-2026-01-01.zip"]);
    assert!(project.path("年报 2021 22-2026-01-01.zip").is_file());
    let english = site().file("content/site.toml", "title = \"Report\"\nlanguage = \"en\"\n");
    run(&english, &["pack", "--output", "a.zip"], 0, &[]);
    let folder = unpack(&english.path("a.zip"), &english.path("desk"));
    let first = std::fs::read_to_string(folder.join("先看这里.html")).expect("the first page");
    assert!(first.contains("<html lang=\"en\">") && first.contains("Review bundle"), "{first}");
}

#[test]
fn verify_finds_what_was_done() {
    let project = site();
    run(&project, &["pack", "--output", "a.zip"], 0, &[]);
    run(&project, &["verify", "a.zip"], 0, &["all", "files intact"]);
    let folder = unpack(&project.path("a.zip"), &project.path("desk"));
    let place = folder.to_string_lossy().into_owned();
    run(&project, &["verify", &place], 0, &["intact"]);
    // Programs unpack into a folder of their own.
    run(&project, &["verify", "desk"], 0, &["intact"]);
    run(&project, &["pack", "--output", "b.zip", "--since", "desk"], 0, &["nothing was written"]);

    let page = folder.join("site/index.html");
    let mut bytes = std::fs::read(&page).expect("a page");
    bytes[100] ^= 1;
    std::fs::write(&page, &bytes).expect("writable");
    run(&project, &["verify", &place], 1, &["changed  site/index.html", "1 changed, 0 missing, 0 foreign"]);
    bytes[100] ^= 1;
    std::fs::write(&page, &bytes).expect("writable");
    run(&project, &["verify", &place], 0, &[]);

    std::fs::remove_file(folder.join("site/404.html")).expect("a page");
    std::fs::write(folder.join("site/.htaccess"), "").expect("writable");
    let said = run(&project, &["verify", &place, "--format", "json"], 1, &[]);
    let json: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(json["missing"], serde_json::json!(["site/404.html"]));
    assert_eq!(json["foreign"], serde_json::json!(["site/.htaccess"]));
    assert_eq!(json["changed"], serde_json::json!([]));

    // What was uploaded is the site alone.
    let uploaded = folder.join("site").to_string_lossy().into_owned();
    run(&project, &["verify", &uploaded, "--manifest", "a.zip"], 1, &["missing  404.html", "foreign  .htaccess"]);
    run(&project, &["build", "--quiet"], 0, &[]);
    run(&project, &["verify", "public", "--manifest", "a.zip"], 0, &[]);

    // Unpacked and packed again on a Mac.
    let script = "import sys, zipfile\n\
        old = zipfile.ZipFile(sys.argv[1])\n\
        new = zipfile.ZipFile(sys.argv[2], 'w')\n\
        new.writestr('__MACOSX/._x', b'x')\n\
        new.mkdir('示例年报')\n\
        [new.writestr(i.filename, old.read(i)) for i in old.infolist()]\n\
        new.close()\n\
        twice = zipfile.ZipFile(sys.argv[3], 'w')\n\
        [twice.writestr('示例年报/manifest.sha256', b'') for _ in range(2)]\n\
        twice.close()\n";
    let mut python = Command::new("python3");
    python.args(["-W", "ignore", "-c", script]).args(["a.zip", "mac.zip", "twice.zip"].map(|name| project.path(name)));
    let output = python.output().expect("python3");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    run(&project, &["verify", "mac.zip"], 0, &["intact"]);
    run(&project, &["verify", "twice.zip"], 2, &["two files in it have one name"]);
    run(&project, &["verify", "twice.zip", "--lang", "zh"], 2, &["里面有两个文件同名"]);

    // A zip with a byte of a file turned over still opens.
    let mut zip = std::fs::read(project.path("a.zip")).expect("a zip");
    let at = zip.windows(15).position(|part| part == b"site/index.html").expect("a name") + 2000;
    zip[at] ^= 0x40;
    project.write("b.zip", &zip);
    run(&project, &["verify", "b.zip"], 1, &["1 changed"]);
}

#[test]
fn files_beside_the_folder_of_a_bundle_are_foreign() {
    let project = site();
    run(&project, &["pack", "--output", "a.zip"], 0, &[]);
    let script = "import sys, zipfile\n\
        z = zipfile.ZipFile(sys.argv[1], 'a')\n\
        [z.writestr(name, b'x') for name in ['extra.txt', 'site/index.html', 'other/a']]\n\
        z.close()\n";
    let mut python = Command::new("python3");
    let output = python.args(["-c", script]).arg(project.path("a.zip")).output().expect("python3");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let foreign = ["foreign  ../extra.txt", "foreign  ../site/index.html", "0 changed, 0 missing, 3 foreign"];
    run(&project, &["verify", "a.zip"], 1, &foreign);
}

#[test]
fn verify_says_why_it_cannot() {
    let project = site().file("empty/a.txt", "").file("text.txt", "甲").file("cut.zip", "PK\x03\x04 cut");
    run(&project, &["verify", "empty"], 2, &["`empty` holds no manifest.sha256"]);
    run(&project, &["verify", "nowhere"], 2, &["cannot read `nowhere`"]);
    run(&project, &["verify", "text.txt"], 2, &["neither a folder nor a zip"]);
    let cut = run(&project, &["verify", "cut.zip"], 2, &["cannot read `cut.zip`: the zip is damaged, cut off"]);
    assert!(!cut.contains("EOCD"), "{cut}");
    run(&project, &["verify", "cut.zip", "--lang", "zh"], 2, &["无法读取 `cut.zip`：压缩包损坏"]);
    let hex = "0".repeat(64);
    project.write("list", format!("{hex}  a\n{hex} b\n"));
    run(&project, &["verify", "empty", "--manifest", "list"], 2, &["line 2 of the list `list` is damaged"]);
    project.write("list", format!("{hex}  ../a\n"));
    run(&project, &["verify", "empty", "--manifest", "list"], 2, &["leads out"]);
}

/// Puts an update over a former site as its first page says.
fn apply(update: &Path, site: &Path) {
    let deletions = std::fs::read_to_string(update.join("deletions.txt")).expect("a list");
    for path in deletions.lines() {
        std::fs::remove_file(site.join(path)).expect("a file to delete");
    }
    for path in tree::files(&update.join("site")) {
        let to = site.join(&path);
        std::fs::create_dir_all(to.parent().expect("files lie in folders")).expect("a folder");
        std::fs::copy(update.join("site").join(&path), to).expect("a copy");
    }
}

#[test]
fn an_update_over_the_former_site_is_the_new_site() {
    let old = "+++\ntitle = \"旧页\"\n+++\n旧。\n";
    let project = site().file("content/pages/old.md", old).file("content/429006/图", "甲");
    run(&project, &["pack", "--output", "old.zip"], 0, &[]);
    let old = unpack(&project.path("old.zip"), &project.path("old"));
    run(&project, &["pack", "--output", "same.zip", "--since", "old.zip"], 0, &["as it was", "nothing was written"]);
    assert!(!project.path("same.zip").exists());

    std::fs::remove_file(project.path("content/pages/old.md")).expect("a page");
    project.write("content/pages/new.md", "+++\ntitle = \"新页\"\n+++\n新。\n");
    project.write("content/429006/附件 1.csv", "甲,丙\n");
    std::fs::remove_file(project.path("content/429006/图")).expect("a file");
    project.write("content/429006/图/一.csv", "甲\n");
    run(&project, &["pack", "--output", "new.zip"], 0, &[]);
    let new = unpack(&project.path("new.zip"), &project.path("new"));
    let from = [
        "old.zip".to_owned(),
        old.join("manifest.sha256").to_string_lossy().into_owned(),
        old.to_string_lossy().into_owned(),
    ];
    let mut zips = Vec::new();
    for (at, from) in from.iter().enumerate() {
        let name = format!("update{at}.zip");
        run(&project, &["pack", "--output", &name, "--since", from], 0, &["new", "changed", "2 to delete"]);
        zips.push(std::fs::read(project.path(&name)).expect("a zip"));
    }
    assert!(zips.windows(2).all(|pair| pair[0] == pair[1]), "the same list in three forms makes one update");
    let update = unpack(&project.path("update0.zip"), &project.path("update"));
    assert_eq!(
        std::fs::read_to_string(update.join("deletions.txt")).ok().as_deref(),
        Some("files/429006/图\npages/old/index.html\n")
    );
    assert!(!update.join("site/404.html").exists(), "what is as it was stays at home");
    let first = std::fs::read_to_string(update.join("先看这里.html")).expect("the first page");
    assert!(
        first.contains("site/pages/new/index.html\">新页") && first.contains("<code>pages/old/index.html"),
        "{first}"
    );
    run(&project, &["verify", &update.to_string_lossy()], 0, &[]);

    apply(&update, &old.join("site"));
    assert_eq!(tree::differences(&tree::read(&old.join("site")), &tree::read(&new.join("site"))), [""; 0]);
    let list = update.join("manifest.sha256");
    let place = old.join("site");
    run(&project, &["verify", &place.to_string_lossy(), "--manifest", &list.to_string_lossy()], 0, &[]);
}

#[test]
fn places_and_lists_that_cannot_be_used_are_refused() {
    let project = site().file("folder.zip/a", "").file("list", "nonsense\n").file("other/manifest.sha256", "");
    let pack = |arguments: &[&str], parts: &[&str]| {
        run(&project, &[&["pack"], arguments].concat(), 2, parts);
    };
    pack(&["--output", "public/a.zip"], &["`public/a.zip` lies in the content or the output"]);
    pack(&["--output", "content/a.zip"], &["would be published"]);
    pack(&["--output", "content/../content/x/a.zip"], &["would be published"]);
    pack(&["--output", "folder.zip"], &["`folder.zip` is a folder; name the zip, such as `folder.zip/site.zip`"]);
    pack(&["--output", "a.tar"], &["does not end in .zip"]);
    pack(
        &["--output", "no/where/a.zip"],
        &["cannot write `no/where/a.zip`: its folder does not exist; make it first\n"],
    );
    pack(&["--output", "no/a.zip", "--lang", "zh"], &["无法写入 `no/a.zip`：它所在的文件夹不存在；请先建好\n"]);
    pack(&["--since", "list"], &["line 1 of the list `list` is damaged"]);
    pack(&["--since", "other"], &["line 1", "the list is empty"]);
    pack(&["--since", "content"], &["holds no manifest.sha256"]);
    pack(&["--since", "nowhere.zip"], &["cannot read `nowhere.zip`"]);
    project.write("list", format!("{}  index.html\n", "0".repeat(64)));
    pack(&["--since", "list"], &["names no file below site/"]);
    assert_eq!(tree::files(&project.path("content")).len(), 4, "nothing was written");
}

#[test]
fn paths_windows_cannot_hold_are_named_with_what_to_rename() {
    let project = site()
        .file("content/pages/p.md", "+++\ntitle = \"页\"\n+++\n[一](/429006/aux.csv) [二](/429006/a:b.csv)\n")
        .file("content/429006/aux.csv", "甲")
        .file("content/429006/a:b.csv", "甲");
    let said = run(&project, &["pack", "--output", "a.zip"], 1, &["nothing was packed"]);
    assert!(
        said.contains(
            "`site/files/429006/aux.csv`: Windows keeps the name `aux.csv` for itself; rename `content/429006/aux.csv`"
        ),
        "{said}"
    );
    assert!(
        said.contains("`site/files/429006/a:b.csv`: no name may hold `:`; rename `content/429006/a:b.csv`"),
        "{said}"
    );
    assert!(!project.path("a.zip").exists());
}

#[test]
fn a_site_with_mistakes_is_not_packed() {
    let project = Project::new().with_report("[metrics]\nbeds = \"多\"\n", "");
    run(&project, &["pack", "--output", "a.zip"], 1, &["quantity-invalid"]);
    assert!(!project.path("a.zip").exists());
    let nothing = Project::empty();
    run(&nothing, &["pack", "--output", "a.zip"], 1, &["content-missing"]);
}
