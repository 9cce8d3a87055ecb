//! Themes: templates, static files and texts. A file in `themes/<name>/` stands before the built-in one of the same name,
//! so a site overrides theme `gov` file by file; another theme may say `extends = "gov"`. The door to `tera`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};
use tera::{Context, ErrorKind, Tera};

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::fs;
use crate::hash::Hash;
use crate::keys::{self, Keys, Kind};
use crate::render::view::{Page, SiteView};
use crate::source::{FileId, Sources, Span};

/// The version of the contract between pages and themes.
pub const API: &str = "1";

static GOV: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/gov");

/// Templates every theme has, one a page kind.
pub const TEMPLATES: [&str; 19] = [
    "home.html",
    "report.html",
    "regions.html",
    "region.html",
    "indicators.html",
    "indicator.html",
    "indicator-children.html",
    "years.html",
    "year.html",
    "progress.html",
    "compare.html",
    "data.html",
    "free.html",
    "sitemap.html",
    "not-found.html",
    "redirect.html",
    "embed.html",
    "proof.html",
    "revisions.html",
];

/// A theme ready to render.
pub struct Theme {
    tera: Tera,
    /// Template sources by name, for places of mistakes.
    files: BTreeMap<String, FileId>,
    /// Static files: path below the output folder, bytes.
    pub assets: Vec<(String, Cow<'static, [u8]>)>,
    /// Static files by their plain name.
    pub asset_paths: BTreeMap<String, String>,
    /// Texts by key.
    pub text: BTreeMap<String, String>,
    /// Whether templates or texts differ from the built-in ones, which the tests of this program render with every page.
    pub is_own: bool,
}

/// A file of a theme: name below the theme folder, text or bytes, place for messages.
struct File {
    name: String,
    bytes: Cow<'static, [u8]>,
    id: FileId,
}

/// Loads the theme a site names. `None` when it cannot be used; the diagnostics say why.
pub fn load(root: &Path, config: &Config, sources: &mut Sources, found: &mut Vec<Diagnostic>) -> Result<Option<Theme>> {
    let before = errors(found);
    let (name, named_at) = &config.theme;
    let folder = root.join("themes").join(name);
    let fits = !name.is_empty() && !name.contains(['/', '\\']) && name != "." && name != "..";
    if !fits || (name != "gov" && !folder.is_dir()) {
        let known = known_themes(root);
        let unknown = match named_at {
            Some(span) => Diagnostic::error("unknown-theme", *span),
            None => Diagnostic::global("unknown-theme"),
        };
        found.push(
            unknown.arg("theme", name).suggest(name, known.iter().map(String::as_str)).arg("known", known.join(", ")),
        );
        return Ok(None);
    }
    let mut files: BTreeMap<String, File> = BTreeMap::new();
    for file in on_disk(&folder, name, sources)? {
        files.insert(file.name.clone(), file);
    }
    let is_own = files.values().any(is_changed);
    let extends_gov = name == "gov" || manifest_extends(&files, found);
    if extends_gov {
        built_in(&GOV, sources, &mut files);
    }
    let mut theme = Theme {
        tera: Tera::new(),
        files: BTreeMap::new(),
        assets: Vec::new(),
        asset_paths: BTreeMap::new(),
        text: texts(&files, config, found),
        is_own,
    };
    theme.take_static(&files);
    theme.take_templates(&files, name, found);
    Ok((errors(found) == before).then_some(theme))
}

fn errors(found: &[Diagnostic]) -> usize {
    found.iter().filter(|one| one.level == crate::diagnostic::Level::Error).count()
}

fn known_themes(root: &Path) -> Vec<String> {
    let folders = std::fs::read_dir(root.join("themes")).into_iter().flatten().flatten();
    let mut names: Vec<String> = folders
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .chain(["gov".to_owned()])
        .collect();
    names.sort();
    names.dedup();
    names
}

fn on_disk(folder: &Path, theme: &str, sources: &mut Sources) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for found in fs::walk(folder)? {
        let bytes = fs::read(&found.path)?;
        let id = sources.add_file(format!("themes/{theme}/{}", found.relative), found.path);
        sources.set_hash(id, Hash::of(&bytes));
        files.push(File { name: found.relative, bytes: bytes.into(), id });
    }
    Ok(files)
}

/// Whether a template or a file of texts is not the built-in one of its name.
fn is_changed(file: &File) -> bool {
    let counts = file.name.ends_with(".html") || file.name.ends_with(".toml");
    counts && GOV.get_file(&file.name).is_none_or(|built_in| built_in.contents() != &*file.bytes)
}

fn built_in(folder: &'static Dir<'static>, sources: &mut Sources, files: &mut BTreeMap<String, File>) {
    for file in folder.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        if files.contains_key(&name) {
            continue;
        }
        let text = String::from_utf8_lossy(file.contents()).into_owned();
        let id = sources.add_text(format!("(built-in) themes/gov/{name}"), text);
        files.insert(name.clone(), File { name, bytes: file.contents().into(), id });
    }
    for inner in folder.dirs() {
        built_in(inner, sources, files);
    }
}

/// Reads theme.toml; true when the theme stands on the built-in one.
fn manifest_extends(files: &BTreeMap<String, File>, found: &mut Vec<Diagnostic>) -> bool {
    let Some(file) = files.get("theme.toml") else { return false };
    let text = String::from_utf8_lossy(&file.bytes);
    let Some(value) = keys::parse(&text, file.id, 0, found) else { return false };
    let keys = Keys::of(&value, "theme.toml", found);
    keys.string("name");
    keys.string("description");
    let api = keys.get("api");
    if let Some(value) = api
        && !matches!(&value.kind, Kind::Number(number) if number == API)
    {
        keys.report(Diagnostic::error("theme-invalid", value.span).arg("reason", format!("api = {API}")));
    }
    let extends = keys.text("extends");
    if let Some(text) = extends.as_ref().filter(|text| text.value != "gov") {
        let unknown = Diagnostic::error("unknown-theme", text.span).arg("theme", &text.value);
        keys.report(unknown.arg("known", "gov"));
    }
    keys.finish(found);
    extends.is_some()
}

/// The texts of the site's language; what it lacks comes from Chinese.
fn texts(files: &BTreeMap<String, File>, config: &Config, found: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for language in ["zh-CN", config.language.tag()] {
        let Some(file) = files.get(&format!("i18n/{language}.toml")) else { continue };
        let text = String::from_utf8_lossy(&file.bytes);
        let Some(value) = keys::parse(&text, file.id, 0, found) else { continue };
        let keys = Keys::of(&value, "i18n", found);
        for (key, value) in keys.entries() {
            match &value.kind {
                Kind::Text(text) => {
                    texts.insert(key.name.clone(), text.clone());
                }
                _ => keys.report(
                    Diagnostic::error("wrong-type", value.span)
                        .arg("key", &key.name)
                        .arg("expected", "text")
                        .arg("found", "?"),
                ),
            }
        }
        keys.close(found);
    }
    texts
}

impl Theme {
    fn take_static(&mut self, files: &BTreeMap<String, File>) {
        for (name, file) in files {
            if let Some(plain) = name.strip_prefix("static/") {
                self.add_asset(plain, file.bytes.clone());
            }
        }
        if !self.asset_paths.contains_key("js/echarts.js") {
            self.add_asset("js/echarts.js", crate::chart::script::ECHARTS.into());
        }
    }

    /// Names a static file by its content: `css/site.css` → `static/css/site.1a2b3c4d5e.css`.
    fn add_asset(&mut self, plain: &str, bytes: Cow<'static, [u8]>) {
        let hash = Hash::of(&bytes).short();
        let path = match plain.rsplit_once('.') {
            Some((stem, ending)) if !ending.contains('/') => format!("static/{stem}.{hash}.{ending}"),
            _ => format!("static/{plain}.{hash}"),
        };
        self.asset_paths.insert(plain.to_owned(), path.clone());
        self.assets.push((path, bytes));
    }

    fn take_templates(&mut self, files: &BTreeMap<String, File>, theme: &str, found: &mut Vec<Diagnostic>) {
        let mut templates = Vec::new();
        for (name, file) in files {
            let Some(short) = name.strip_prefix("templates/") else { continue };
            self.files.insert(short.to_owned(), file.id);
            match std::str::from_utf8(&file.bytes) {
                Ok(text) => templates.push((short.to_owned(), text.to_owned())),
                Err(_) => found.push(Diagnostic::error("not-utf8", Span::start_of(file.id))),
            }
        }
        for name in TEMPLATES {
            if !self.files.contains_key(name) {
                found.push(Diagnostic::global("theme-template-missing").arg("template", name).arg("theme", theme));
            }
        }
        if let Err(error) = self.tera.add_raw_templates(templates) {
            found.push(self.diagnostic(&error, None));
        }
    }

    /// Gives all templates the site; called once before rendering.
    pub fn set_site(&mut self, site: &SiteView) {
        self.tera.global_context().insert("site", site);
    }

    /// Renders a page.
    pub fn render(&self, page: &Page) -> std::result::Result<String, Diagnostic> {
        let mut context = Context::new();
        context.insert("page", page);
        self.tera.render(page.template, &context).map_err(|error| self.diagnostic(&error, Some(page)))
    }

    /// A template mistake with its place; the page, when known, tells which fields there are.
    fn diagnostic(&self, error: &tera::Error, page: Option<&Page>) -> Diagnostic {
        let (reason, place) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                (report.message().to_owned(), Some((report.filename(), report.span().range.clone())))
            }
            other => (other.to_string(), None),
        };
        let span = place.and_then(|(name, range)| Some(Span::new(*self.files.get(name)?, range)));
        let fault = match span {
            Some(span) => Diagnostic::error("template-error", span),
            None => Diagnostic::global("template-error"),
        };
        let fault = fault.arg("reason", reason);
        match page.and_then(|page| serde_json::to_value(page).ok()) {
            Some(serde_json::Value::Object(fields)) => {
                let names: Vec<String> = fields.keys().map(|name| format!("page.{name}")).collect();
                fault.arg("fields", names.join(", "))
            }
            _ => fault,
        }
    }
}
