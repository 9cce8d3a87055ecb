//! Mistakes that no folder of text files can hold: other encodings, links, missing folders, names too long; and what a
//! run with mistakes leaves on disk.

use crate::project::Project;

#[test]
fn all_mistakes_of_all_files_come_out_of_one_run_and_nothing_is_written() {
    let project = Project::new()
        .with_report("titel = \"x\"\n[metrics]\nbeds = \"100人\"\ncoverage = \"NaN\"\n", "[甲](无.md)\n")
        .file("content/429006/2022.md", "没有文件头\n")
        .file("content/regions.toml", "[a]\nname = \"甲\"\nparent = \"b\"\n");
    project
        .run(&["build"])
        .stderr_has(&[
            "content/429006/2021.md:5:1: 错误[unknown-key]",
            "content/429006/2021.md:7:8: 错误[unit-mismatch]",
            "content/429006/2021.md:8:13: 错误[quantity-invalid]",
            "content/429006/2021.md:10:1: 错误[link-dead]",
            "content/429006/2022.md:1:1: 错误[front-matter-missing]",
            "content/regions.toml:1:2: 错误[region-parent]",
            "6 个错误",
        ])
        .status(1);
    assert!(!project.path("public").exists(), "nothing is written");
}

#[test]
fn a_mistake_leaves_the_former_site() {
    let project = Project::new().with_report("", "第一版\n");
    project.build().success();
    let page = project.path("public/reports/429006/2021/index.html");
    let before = std::fs::read_to_string(&page).expect("a page");
    project.write("content/429006/2022.md", "没有文件头\n");
    project.build().stderr_has(&["front-matter-missing"]).status(1);
    assert_eq!(std::fs::read_to_string(&page).expect("a page"), before);
}

#[test]
fn warnings_fail_only_when_denied() {
    let project = Project::new().with_report("[disclosure]\nindex = \"MB1A08303/2022-05179\"\n", "");
    project.check().stdout_has(&["警告[disclosure-index]", "1 个警告"]).success();
    project.run(&["check", "--deny", "warnings"]).stdout_has(&["警告[disclosure-index]"]).status(1);
}

#[test]
fn content_missing() {
    let project = Project::empty();
    project.check().stdout("错误[content-missing]: 没有内容文件夹 `./content`\n1 个错误\n").status(1);
    project.build().stderr("错误[content-missing]: 没有内容文件夹 `./content`\n1 个错误\n").status(1);
}

#[test]
fn site_missing() {
    let project = Project::empty().file("content/index.md", "+++\ntitle = \"首页\"\n+++\n");
    project.check().stdout("错误[site-missing]: 没有站点设置文件 `./content/site.toml`\n1 个错误\n").status(1);
}

/// Text in GBK, the encoding of old Notepads.
const GBK: &[u8] = b"+++\ntitle = \"\xc4\xea\xb6\xc8\xd7\xdc\xbd\xe1\"\n+++\n";

#[test]
fn encoding() {
    let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let text = "+++\ntitle = \"年度总结\"\n+++\n";
    Project::new()
        .file("content/429006/2021.md", GBK)
        .file("content/429006/2022.md", [b"\xff\xfe".to_vec(), utf16(text)].concat())
        .file("content/429006/2023.md", utf16(text))
        .file("content/regions.toml", b"[gaoxin]\nname = \"\xb8\xdf\xd0\xc2\xc7\xf8\"\n")
        .check()
        .stdout(
            "content/429006/2021.md:1:1: 错误[encoding]: 文件是 GBK 编码，应存为 UTF-8\n\
             content/429006/2022.md:1:1: 错误[encoding]: 文件是 UTF-16 编码，应存为 UTF-8\n\
             content/429006/2023.md:1:1: 错误[encoding]: 文件是 UTF-16 编码，应存为 UTF-8\n\
             content/regions.toml:1:1: 错误[encoding]: 文件是 GBK 编码，应存为 UTF-8\n\
             4 个错误\n",
        )
        .status(1);
}

#[test]
fn not_utf8() {
    Project::new()
        .file("content/429006/2021.md", b"+++\ntitle = \"a\xff\xfeb\"\n+++\n")
        .check()
        .stdout("content/429006/2021.md:2:11: 错误[not-utf8]: 文件含有不是 UTF-8 的字节，看不出是哪种编码\n1 个错误\n")
        .status(1);
}

#[test]
fn byte_order_marks_and_foreign_line_ends_are_accepted() {
    let text = "\u{feff}+++\r\ntitle = \"甲\"\r\nregion = \"429006\"\r\nperiod = \"2021\"\r\n[metrics]\r\nbeds = \"100张\"\r\n+++\r\n## 一、床位\r\n\r\n床位数100张。\r\n";
    let site = "\u{feff}title = \"示例年报\"\r\n";
    Project::new().file("content/site.toml", site).file("content/429006/2021.md", text).check().success();
    Project::new()
        .file("content/site.toml", site)
        .file("content/429006/2021.md", text.replace("张", "人"))
        .check()
        .stdout_has(&["content/429006/2021.md:6:8: 错误[unit-mismatch]"])
        .status(1);
    Project::new()
        .file("content/site.toml", "\u{feff}titel = \"示例年报\"\r\n")
        .check()
        .stdout_has(&["content/site.toml:1:1: 错误[unknown-key]"])
        .status(1);
}

#[cfg(unix)]
#[test]
fn symlink_outside() {
    use std::os::unix::fs::symlink;
    let report = Project::new().with_report("", "[甲](../a.txt) [内](inside.txt)");
    let project = report.file("secret.txt", "秘密").file("content/a.txt", "甲");
    let link = |to: &str, at: &str| symlink(to, project.path(at)).expect("a link");
    link("../../secret.txt", "content/429006/b.txt");
    link("/etc/passwd", "content/429006/c.txt");
    link("nowhere", "content/429006/d.txt");
    link("../..", "content/429006/e");
    link("../a.txt", "content/429006/inside.txt");
    let line = |name: &str| {
        format!(
            "content/429006/{name}:1:1: 错误[symlink-outside]: `429006/{name}` 是一个符号链接，指向内容文件夹之外或不存在的地方\n"
        )
    };
    let lines: String = ["b.txt", "c.txt", "d.txt", "e"].map(line).concat();
    project.check().stdout(&format!("{lines}4 个错误\n")).status(1);
    project.build().stderr_has(&["symlink-outside"]).status(1);
    assert!(!project.path("public").exists(), "nothing is written");
}

#[test]
fn foreign_file() {
    let project = Project::new().with_report("", "").file("public/index.html", "别人的首页");
    project
        .build()
        .stderr("错误[foreign-file]: `index.html` 不是 nianbao 写的，挡住了 `index.html`\n1 个错误\n")
        .status(1);
    assert_eq!(std::fs::read_to_string(project.path("public/index.html")).expect("a file"), "别人的首页");
    assert!(!project.path("public/404.html").exists(), "nothing is written");
}

#[test]
fn a_foreign_file_where_a_folder_has_to_be_is_named() {
    Project::new()
        .with_report("", "")
        .file("public/reports", "一个文件")
        .build()
        .stderr_has(&["[foreign-file]: `reports` 不是 nianbao 写的，挡住了 `reports/"])
        .status(1);
}

#[test]
fn output_folder() {
    for folder in [".", "..", "content", "content/public", "themes/gov", "public/../content", "./content/../."] {
        let project = Project::new().with_report("", "");
        let line = format!("错误[output-folder]: 不能把网站写进 `{folder}`：那里是站点的源文件\n1 个错误\n");
        project.run(&["build", "--output", folder]).stderr(&line).status(1);
        assert_eq!(crate::tree::files(&project.path("")).len(), 3, "nothing is written into {folder}");
    }
}

#[test]
fn path_too_long() {
    // A slug is cut; the names of attachments are kept, and the folder `files` adds nothing to a name.
    let long = format!("{}.pdf", "长".repeat(83));
    assert_eq!(long.len(), 253);
    let report = Project::new().with_report("", &format!("[附件]({long})"));
    report.file(&format!("content/429006/{long}"), "%PDF-1.7").build().success();
    let deep = format!("aliases = [\"{}.html\"]\n", "a".repeat(251));
    Project::new()
        .with_report(&deep, "")
        .check()
        .stdout_has(&["content/429006/2021.md:5:12: 错误[path-too-long]"])
        .status(1);
}

#[cfg(unix)]
#[test]
fn names_that_no_portal_takes_are_refused() {
    use std::os::unix::ffi::OsStrExt;
    for name in [&b"a\nb.pdf"[..], b"a\\b.pdf", b"a.", b"a ", b" a.pdf", b"\xb8\xdf.pdf"] {
        let project = Project::new().with_report("", "");
        let path = project.path("content/429006").join(std::ffi::OsStr::from_bytes(name));
        std::fs::write(&path, "甲").unwrap_or_else(|error| panic!("{name:?}: {error}"));
        project.check().stdout_has(&["错误[path-unsafe]", "\n1 个错误\n"]).status(1);
    }
}

#[test]
fn an_output_that_cannot_be_a_folder_is_refused_by_name() {
    let project = Project::new().with_report("", "").file("public", "一个文件");
    project.build().stderr_has(&["public"]).status(2);
    assert_eq!(std::fs::read_to_string(project.path("public")).expect("a file"), "一个文件");
    let project = Project::new().with_report("", "").file("taken", "一个文件");
    project.run(&["build", "--output", "taken/site"]).stderr_has(&["taken"]).status(2);
}

#[test]
fn an_empty_site_is_a_site() {
    let project = Project::empty().file("content/site.toml", "title = \"空\"\n");
    project.build().success();
    assert!(project.path("public/index.html").exists());
}
