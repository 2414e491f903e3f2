namespace Framelane.Application.Capabilities;

/// <summary>The parameters of effects, motions and tasks.</summary>
static class SceneCapabilities
{
    public const string WordAnimation = "word_animation.style", TextPreset = "animation_preset";

    static readonly string[] ExitOnly = ["zoom_out", "evaporate", "whip_down", "drift_out", "swing_out", "elastic_drop"];

    static readonly string[] BothWays =
        ["fade", "slide_up", "slide_down", "slide_left", "slide_right", "rotate_cw", "rotate_ccw", "bounce",
         "wipe_left", "wipe_right", "wipe_up", "wipe_down"];

    static readonly string[] PerCharacter =
        ["fade", "slide_up", "slide_down", "slide_left", "slide_right", "zoom_in", "bounce", "blur", "bounce_motion", "explode",
         "rubber_in", "whip_up", "glitch_pop", "drift_in", "loop_breathe", "loop_shimmer", "evaporate", "whip_down", "drift_out"];

    public static IReadOnlyList<Capability> Tasks { get; } =
    [
        Capability.NotYet("remove_background", new Dictionary<string, CapabilityParameter>
        {
            ["output_format"] = new("string", Enum: ["png", "webp", "webm", "mov"]),
            ["background_color"] = new("string"),
        }),
        Capability.NotYet("gaze_redirect", new Dictionary<string, CapabilityParameter> { ["intensity"] = new("number", 0, 1, 1) }),
        Capability.NotYet("super_resolution", new Dictionary<string, CapabilityParameter> { ["scale"] = new("number", 1, 4, 2) }),
        Capability.NotYet("transcribe", new Dictionary<string, CapabilityParameter>
        {
            ["language"] = new("string"),
            ["speech_model"] = new("string", Default: "universal-2", Enum: ["universal-2", "universal-3-pro", "nano"]),
            ["word_timings"] = new("boolean", Default: true),
            ["speaker_labels"] = new("boolean", Default: false),
            ["speakers_expected"] = new("integer", 1, 10),
            ["sentiment_analysis"] = new("boolean", Default: false),
            ["entity_detection"] = new("boolean", Default: false),
            ["auto_highlights"] = new("boolean", Default: false),
            ["content_safety"] = new("boolean", Default: false),
            ["iab_categories"] = new("boolean", Default: false),
            ["word_boost"] = new("array", Max: 200),
        }),
    ];

    public static Capability Effect(string type)
    {
        var parameters = new Dictionary<string, CapabilityParameter> { ["intensity"] = new("number", 0, 100, 100) };
        if (type != "chroma_key")
            return Capability.NotYet(type, parameters);
        foreach (var (name, max) in new[] { ("hue", 360d), ("sat", 1d), ("lum", 1d) })
        {
            parameters[$"chroma_settings.{name}_min"] = new("number", 0, max);
            parameters[$"chroma_settings.{name}_max"] = new("number", 0, max);
        }

        return Capability.NotYet(type, parameters);
    }

    /// <remarks>Of weights and styles that it lacks, the nearest is taken, and bold and italics are made up.</remarks>
    public static Capability Font(FontFamilyCapability family) => Capability.Ready(family.Name) with
    {
        Parameters = new Dictionary<string, CapabilityParameter>
        {
            ["font_weight"] = new("integer", family.Lightest, family.Heaviest),
            ["font_style"] = new("string", Enum: family.HasItalics ? ["normal", "italic"] : ["normal"]),
        },
    };

    /// <summary>Of a text: which of its animations can be rendered.</summary>
    public static Capability Element(string type, RenderingCapabilities rendering) => Capability.NotYet(type, type != "text" ? null : new Dictionary<string, CapabilityParameter>
    {
        [WordAnimation] = new("string", Enum: [.. SceneNames.WordAnimations.Where(rendering.WordAnimations.Contains)]),
        [TextPreset] = new("string", Enum: [.. SceneNames.TextPresets.Where(rendering.TextPresets.Contains)]),
    });

    /// <param name="byCharacter">Those that can be rendered so.</param>
    public static Capability Motion(string type, IReadOnlySet<string> byCharacter) => Capability.NotYet(type, new Dictionary<string, CapabilityParameter>
    {
        ["direction"] = new("string", Enum: Directions(type)),
        ["scope"] = new("string", Default: "element", Enum: PerCharacter.Contains(type) && byCharacter.Contains(type) ? ["element", "character"] : ["element"]),
    });

    static string[] Directions(string type)
    {
        if (ExitOnly.Contains(type))
            return ["exit"];
        if (BothWays.Contains(type))
            return ["entrance", "exit"];
        return type.StartsWith("loop_", StringComparison.Ordinal) ? ["loop"] : ["entrance"];
    }
}
