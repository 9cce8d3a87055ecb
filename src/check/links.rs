//! Rules about links of the content.

use crate::diagnostic::Diagnostic;
use crate::plan::Plan;
use crate::report::{Body, Reference};
use crate::site::Site;

/// Links to other files of the content lead to pages or files, and their anchors exist.
pub(super) fn targets_exist(site: &Site, plan: &Plan, found: &mut Vec<Diagnostic>) {
    let reports = site.reports.iter().map(|report| (&*report.path, &report.body));
    let pages = site.pages.iter().chain(&site.home).map(|page| (&*page.path, &page.body));
    let bodies: std::collections::BTreeMap<&str, &Body> = reports.chain(pages).collect();
    for (path, body) in &bodies {
        for reference in &body.outline.references {
            check_reference(path, reference, plan, &bodies, found);
        }
    }
    for (_, link) in &site.config.menu {
        let target = link.value.split('#').next().unwrap_or_default();
        let outside = crate::load::outline::sort(target) == crate::load::outline::Address::Outside;
        let known = plan.made_from(target).is_some() || plan.pages.iter().any(|(path, _)| **path == *target);
        if !outside && !known {
            let dead = Diagnostic::error("link-dead", link.span).arg("target", &link.value);
            found.push(dead.suggest(target, plan.pages.iter().map(|(path, _)| &**path)));
        }
    }
}

fn check_reference(
    path: &str,
    reference: &Reference,
    plan: &Plan,
    bodies: &std::collections::BTreeMap<&str, &Body>,
    found: &mut Vec<Diagnostic>,
) {
    let target = if reference.target.is_empty() { Some(path.to_owned()) } else { resolve(path, &reference.target) };
    let known = target.as_deref().filter(|target| plan.made_from(target).is_some());
    let Some(target) = known else {
        let code = match (reference.image, reference.target.ends_with(".md") || reference.target.ends_with('/')) {
            (true, _) => "image-missing",
            (false, true) => "link-dead",
            (false, false) => "attachment-missing",
        };
        let dead = Diagnostic::error(code, reference.span).arg("target", &reference.target);
        let wanted = target.unwrap_or_default();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let near = crate::diagnostic::nearest(&wanted, plan.sources()).map(|near| {
            near.strip_prefix(folder).map_or(format!("/{near}"), |inside| inside.trim_start_matches('/').to_owned())
        });
        found.push(match near {
            Some(near) if code == "link-dead" => dead.arg("suggestion", near),
            _ => dead,
        });
        return;
    };
    let Some(body) = bodies.get(target) else { return };
    let anchor = &reference.anchor;
    if !anchor.is_empty() && !body.outline.headings.iter().any(|heading| heading.anchor == *anchor) {
        let dead = Diagnostic::error("anchor-dead", reference.span).arg("target", target).arg("anchor", anchor);
        found.push(dead.suggest(anchor, body.outline.headings.iter().map(|heading| heading.anchor.as_str())));
    }
}

/// The path below `content/` a link of a file leads to; `/x` starts at `content/`. `None` when it leaves the folder.
pub fn resolve(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect(),
    };
    for part in target.trim_start_matches('/').split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn links_start_at_the_folder_of_the_file() {
        let check = |from, target, expected: Option<&str>| assert_eq!(resolve(from, target).as_deref(), expected);
        check("429006/2021.md", "2022.md", Some("429006/2022.md"));
        check("429006/2021.md", "../420000/2021.md", Some("420000/2021.md"));
        check("429006/2021.md", "/pages/about.md", Some("pages/about.md"));
        check("429006/2021.md", "../../x.md", None);
    }
}
