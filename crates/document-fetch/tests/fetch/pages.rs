//! Pages of a made-up API, `Depot`, in each form that sites publish: a resource per number, with an operation of its own.

/// The form of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Resolved,
    Embedded,
    ReadMe,
}

/// The form of page `number`: all of them in turn.
pub(crate) fn form(number: usize) -> Form {
    [Form::Resolved, Form::Embedded, Form::ReadMe][number % 3]
}

/// What a page says, so that tests can change one thing.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) number: usize,
    pub(crate) form: Form,
    pub(crate) summary: String,
    /// The path of the operation, with a parameter `id`.
    pub(crate) path: String,
    /// Properties of the answer, all texts.
    pub(crate) properties: Vec<String>,
    /// Where the form has one.
    pub(crate) operation_id: String,
}

impl Page {
    pub(crate) fn new(number: usize) -> Self {
        Self {
            number,
            form: form(number),
            summary: format!("Get crate {number}"),
            path: format!("/crates-{number}/{{id}}"),
            properties: vec!["id".to_owned(), "label".to_owned()],
            operation_id: format!("get-crate-{number}"),
        }
    }

    pub(crate) fn of(self, form: Form) -> Self {
        Self { form, ..self }
    }

    /// One more property: what a vendor changes most often.
    pub(crate) fn with(mut self, property: &str) -> Self {
        self.properties.push(property.to_owned());
        self
    }

    pub(crate) fn text(&self) -> String {
        match self.form {
            Form::Resolved => self.resolved(),
            Form::Embedded => self.embedded(),
            Form::ReadMe => self.read_me(),
        }
    }

    fn resolved(&self) -> String {
        let properties: String = self
            .properties
            .iter()
            .map(|name| format!("              {name}:\n                allOf:\n                  - type: string\n"))
            .collect();
        let Self {
            summary,
            path,
            number,
            ..
        } = self;
        format!(
            "# {summary}\n\n> Looks it up.\n\n## OpenAPI\n\n````yaml get {path}\npaths:\n  path: {path}\n  method: get\n  servers:\n    \
             - url: https://api.depot.example\n  request:\n    security: []\n    parameters:\n      path:\n        id:\n          \
             schema:\n            - type: string\n              required: true\n      query: {{}}\n      header: {{}}\n      \
             cookie: {{}}\n    body: {{}}\n  response:\n    '200':\n      application/json:\n        schemaArray:\n          \
             - type: object\n            properties:\n{properties}            refIdentifier: '#/components/schemas/Crate{number}'\n        \
             examples: {{}}\n        description: Found\n  deprecated: false\n  type: path\ncomponents:\n  schemas: {{}}\n\n````\n"
        )
    }

    fn embedded(&self) -> String {
        let properties: String = self
            .properties
            .iter()
            .map(|name| format!("        {name}:\n          type: string\n"))
            .collect();
        let Self {
            summary,
            path,
            number,
            operation_id,
            ..
        } = self;
        format!(
            "> ## Documentation Index\n> Fetch the complete documentation index at: https://docs.depot.example/llms.txt\n\n# {summary}\n\n\
             > Looks it up.\n\n## OpenAPI\n\n````yaml get {path}\nopenapi: 3.0.3\ninfo:\n  title: Depot\n  version: '1'\nservers:\n  \
             - url: https://api.depot.example\nsecurity: []\npaths:\n  {path}:\n    get:\n      summary: {summary}\n      \
             operationId: {operation_id}\n      parameters:\n        - name: id\n          in: path\n          required: true\n          \
             schema:\n            type: string\n      responses:\n        '200':\n          description: Found\n          content:\n            \
             application/json:\n              schema:\n                $ref: '#/components/schemas/Crate{number}'\ncomponents:\n  \
             schemas:\n    Crate{number}:\n      type: object\n      properties:\n{properties}\n````\n"
        )
    }

    fn read_me(&self) -> String {
        let properties: Vec<String> = self
            .properties
            .iter()
            .map(|name| format!("\"{name}\": {{\"type\": \"string\"}}"))
            .collect();
        let properties = properties.join(", ");
        let Self {
            summary,
            path,
            operation_id,
            ..
        } = self;
        format!(
            "# {summary}\n\nLooks it up.\n\n# OpenAPI definition\n\n```json\n{{\n  \"openapi\": \"3.1.0\",\n  \"info\": {{\"title\": \
             \"depot\", \"version\": \"1\"}},\n  \"servers\": [{{\"url\": \"https://api.depot.example\"}}],\n  \"paths\": {{\"{path}\": \
             {{\"get\": {{\"summary\": \"{summary}\", \"operationId\": \"{operation_id}\", \"parameters\": [{{\"name\": \"id\", \"in\": \
             \"path\", \"required\": true, \"schema\": {{\"type\": \"string\"}}}}], \"responses\": {{\"200\": {{\"description\": \"200\", \
             \"content\": {{\"application/json\": {{\"schema\": {{\"type\": \"object\", \"properties\": {{{properties}}}}}}}}}}}}}}}}}}}\n}}\n```\n"
        )
    }
}
