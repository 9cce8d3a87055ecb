//! The first sheet of a workbook: what it is, from whom, of which day, and how to read the figures.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

use crate::export::words;
use crate::plan::DataTable;
use crate::site::Site;

/// Fills the cover of a workbook with some tables.
pub(super) fn fill(sheet: &mut Worksheet, site: &Site, part: &str, tables: &[DataTable]) -> Result<(), XlsxError> {
    let language = site.config.language;
    let word = |chinese: &'static str, english: &'static str| if language.is_chinese() { chinese } else { english };
    sheet.set_name(word("说明", "Notes"))?;
    sheet.set_column_width(0, 18)?;
    sheet.set_column_width(1, 96)?;
    let title = Format::new().set_bold().set_font_size(16);
    sheet.write_string_with_format(0, 0, words::title(site, part), &title)?;
    let facts = [
        (word("发布", "Publisher"), site.config.publisher.clone()),
        (word("网址", "Address"), site.config.base_url.clone()),
        (word("数据截至", "As of"), site.today.to_string()),
        (word("引用格式", "Cite as"), words::citation(site, part)),
    ];
    let own = |(head, text): (&'static str, &'static str)| (head, text.to_owned());
    let sections: [(&str, Vec<(&str, String)>); 4] = [
        ("", facts.into_iter().filter(|(_, text)| !text.is_empty()).collect()),
        (word("各表内容", "Sheets"), tables.iter().map(|table| own(words::about(*table, language))).collect()),
        (word("数的性质", "Roles of figures"), words::roles(language).iter().copied().map(own).collect()),
        (
            word("读数须知", "How to read the figures"),
            words::reading(language).iter().map(|text| ("", (*text).to_owned())).collect(),
        ),
    ];
    let (bold, top) = (Format::new().set_bold(), Format::new().set_align(FormatAlign::Top));
    let wrapped = top.clone().set_text_wrap();
    let mut line = 2;
    for (head, pairs) in sections {
        if !head.is_empty() {
            sheet.write_string_with_format(line, 0, head, &bold)?;
            line += 1;
        }
        for (name, text) in pairs {
            sheet.write_string_with_format(line, 0, name, &top)?;
            sheet.write_string_with_format(line, 1, text, &wrapped)?;
            line += 1;
        }
        line += 1;
    }
    Ok(())
}
