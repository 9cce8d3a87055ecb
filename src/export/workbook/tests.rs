use crate::plan::Plan;
use crate::site::sample::site_of;

use super::*;

/// The names of the sheets of a workbook with so many rows a sheet.
fn check(lines: &str, limit: usize, expected: &str) {
    let sample = site_of(lines);
    let plan = Plan::new(&sample.site, &mut Vec::new());
    let make = || {
        let tables = DataTable::ALL.map(|what| crate::export::whole(&sample.site, &plan, what));
        write(&sample.site, "", tables.into(), Limits { rows: limit, large: false }).expect("a workbook")
    };
    let bytes = make();
    assert_eq!(bytes, make(), "the same site makes the same bytes");
    let names = part(&bytes, "xl/workbook.xml");
    let named = |part: &str| Some(part.strip_prefix("sheet name=\"")?.split('"').next()?.to_owned());
    let names: Vec<String> = names.split('<').filter_map(named).collect();
    assert_eq!(names.join(" "), expected, "{lines}");
}

/// A part of a workbook as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(io::Cursor::new(bytes)).expect("an archive");
    io::read_to_string(zip.by_name(name).expect("a part")).expect("a text")
}

#[test]
fn a_long_table_goes_on_in_another_sheet_and_an_empty_one_is_left_out() {
    let one = r#"429006 2021 | people = "1人" | rate = "5.4‰" | share = "85%""#;
    check(one, ROWS, "说明 数据 指标 地区");
    let facts = |count: usize| (0..count).map(|year| format!("429006 {} | share = \"≥85%\"", 2000 + year));
    check(&facts(2).collect::<Vec<_>>().join("\n"), 2000, "说明 数据 指标 地区");
    let sample = site_of(one);
    let plan = Plan::new(&sample.site, &mut Vec::new());
    let pages = |limit| {
        let tables = vec![observations::table(&sample.site, &plan, sample.site.observations().iter())];
        part(
            &write(&sample.site, "", tables, Limits { rows: limit, large: false }).expect("a workbook"),
            "xl/workbook.xml",
        )
        .matches("<sheet ")
        .count()
    };
    assert_eq!([1, 2, 3, 4].map(pages), [4, 3, 2, 2]);
}

#[test]
fn figures_are_numbers_as_printed_and_no_text_is_a_formula() {
    let sample = site_of(r#"429006 2021 | rate = { value = "5.40‰", note = "=1+1" }"#);
    let plan = Plan::new(&sample.site, &mut Vec::new());
    let bytes = whole(&sample.site, &plan).expect("room");
    let sheet = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(sheet.contains("<v>5.4</v>"), "{sheet}");
    assert!(!sheet.contains("<f>"), "{sheet}");
    let styles = part(&bytes, "xl/styles.xml");
    assert!(styles.contains("quotePrefix=\"1\""), "{styles}");
    assert!(styles.contains("formatCode=\"0.00\""), "two decimals: {styles}");
    let made = format!("{}T00:00:00Z", sample.site.today);
    assert!(part(&bytes, "docProps/core.xml").contains(&made), "the day of the build, not the clock");
}

#[test]
fn a_large_workbook_holds_what_a_small_one_does() {
    let sample = site_of("429006 2021 | people = \"1人\" | rate = \"5.4‰\" | share = \"≥85%\"");
    let plan = Plan::new(&sample.site, &mut Vec::new());
    let book = |large| {
        let tables = DataTable::ALL.map(|what| crate::export::whole(&sample.site, &plan, what));
        write(&sample.site, "", tables.into(), Limits { rows: ROWS, large }).expect("a workbook")
    };
    let (small, large) = (book(false), book(true));
    assert_eq!(large, book(true), "the same site makes the same bytes");
    let cells = |bytes: &[u8], sheet: &str| part(bytes, &format!("xl/worksheets/{sheet}.xml")).matches("<c r=").count();
    for sheet in ["sheet1", "sheet2", "sheet3", "sheet4"] {
        assert_eq!(cells(&large, sheet), cells(&small, sheet), "{sheet}");
    }
    let figures = part(&large, "xl/worksheets/sheet2.xml");
    assert!(figures.contains("<t>≥85%</t>") && figures.contains("<v>5.4</v>"), "{figures}");
}
