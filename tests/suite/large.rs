//! A site with many regions: its pages divide by parent and stay small, and every figure can still be reached.

use scraper::{Html, Selector};

use crate::project::Project;
use crate::tree;

/// Townships of the site, beside the city they belong to.
const TOWNSHIPS: usize = 180;

fn code(at: usize) -> String {
    format!("429006{}", 100 + at)
}

/// Two years of three indicators with targets in every township. The first meets its target of coverage in 2020 only.
fn built() -> Project {
    let names = (0..TOWNSHIPS).map(|at| format!("[{}]\nname = \"第{at}乡\"\n", code(at)));
    let mut project = Project::new().file("content/regions.toml", names.collect::<String>());
    for at in 0..TOWNSHIPS {
        for year in [2020, 2021] {
            let coverage = if (at, year) == (0, 2021) { "70.1%".to_owned() } else { format!("{}.{at:03}%", 80) };
            let metrics = format!(
                "coverage = {{ value = \"{coverage}\", target = \"≥75%\" }}\nbeds = {{ value = \"{}张\", target = \"≥50张\" }}\n\
                 maternal-mortality = {{ value = \"0\", target = \"≤14/10万\" }}\n",
                100 + at + year - 2020
            );
            let head = format!("title = \"{year}年总结\"\nregion = \"{}\"\nperiod = \"{year}\"\n", code(at));
            project = project
                .file(&format!("content/{}/{year}.md", code(at)), format!("+++\n{head}[metrics]\n{metrics}+++\n"));
        }
    }
    project.build().success();
    project
}

/// The words of the elements of a page, without white space.
fn words(project: &Project, page: &str, element: &str) -> Vec<String> {
    let text =
        std::fs::read_to_string(project.path("public").join(page)).unwrap_or_else(|error| panic!("{page}: {error}"));
    let html = Html::parse_document(&text);
    let selector = Selector::parse(element).expect("a selector");
    html.select(&selector).map(|one| one.text().flat_map(str::split_whitespace).collect()).collect()
}

#[test]
fn pages_divide_by_parent_and_stay_small() {
    let project = built();
    let public = project.path("public");
    // Of the pages that list everything, the site map alone may grow with the site.
    for path in tree::files(&public).into_iter().filter(|path| path.ends_with(".html") && !path.starts_with("sitemap/"))
    {
        let size = std::fs::metadata(public.join(&path)).expect("a file").len();
        assert!(size < 300_000, "{path} has {size} bytes");
    }
    let rows = |page: &str| words(&project, page, "tbody tr");
    let named = |page: &str| (0..TOWNSHIPS).all(|at| rows(page).iter().any(|row| row.contains(&format!("第{at}乡"))));
    for divided in ["years/2021", "progress", "indicators/coverage"] {
        assert!(!named(&format!("{divided}/index.html")), "{divided} names every township");
        let links = words(&project, &format!("{divided}/index.html"), "a[href='429006/index.html']");
        assert_eq!(links.len(), 1, "{divided} leads to the townships of Tianmen");
        assert!(named(&format!("{divided}/429006/index.html")), "{divided}/429006 names every township");
    }

    // 540 figures: one fell, the beds rose, all else stayed.
    let counts = words(&project, "years/2021/index.html", ".moves div");
    assert_eq!(counts[..5], ["上升180", "下降1", "持平359", "其中好转180", "其中变差1"]);
    let turned = words(&project, "years/2021/429006/index.html", ".flips tbody tr");
    assert_eq!(turned, ["签约率第0乡✓达标80.000%≥75%✗未达标70.1%<75%"]);

    // The missed target leads the counts and the region's own list.
    assert!(rows("progress/429006/index.html").iter().any(|row| row == "第0乡610005"), "第0乡: 1 of 6 missed");
    let first = words(&project, "regions/429006100/index.html", "[aria-labelledby=s-progress] tbody tr").remove(0);
    assert!(first.contains("签约率2021年70.1%≥75%✗未达标70.1%<75%"), "{first}");

    // Ranks are among all townships, and the table of the indicator stands in their order.
    let beside = words(&project, "regions/429006279/index.html", "[aria-labelledby=s-beside] tbody tr");
    assert!(beside.iter().any(|row| row.contains("第1位可比180地70.1%—80.179%")), "{beside:?}");
    let order = rows("indicators/coverage/429006/index.html");
    assert!(order[0].starts_with("1第179乡"), "{}", order[0]);
    assert!(order[TOWNSHIPS - 1].starts_with("180第0乡"), "{}", order[TOWNSHIPS - 1]);
}
