using Framelane.Application.Renders.Scenes;

namespace Framelane.Application.Capabilities;

/// <summary>What each name of a scene takes, and each task.</summary>
static class SceneCapabilities
{
    public const string WordAnimation = "word_animation.style", TextPreset = "animation_preset";

    /// <summary>Of motions; the last is what they can do by character.</summary>
    public const string Scope = "scope", Direction = "direction", CharacterDirection = "character_direction";

    static readonly string[] ExitOnly = ["zoom_out", "evaporate", "whip_down", "drift_out", "swing_out", "elastic_drop"];

    static readonly string[] BothWays =
        ["fade", "slide_up", "slide_down", "slide_left", "slide_right", "rotate_cw", "rotate_ccw", "bounce",
         "wipe_left", "wipe_right", "wipe_up", "wipe_down"];

    static readonly string[] PerCharacter =
        ["fade", "slide_up", "slide_down", "slide_left", "slide_right", "zoom_in", "bounce", "blur", "bounce_motion", "explode",
         "rubber_in", "whip_up", "glitch_pop", "drift_in", "loop_breathe", "loop_shimmer", "evaporate", "whip_down", "drift_out"];

    static readonly string[] BothWaysPerCharacter = ["fade", "slide_up", "slide_down", "slide_left", "slide_right", "zoom_in"];

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

    /// <summary>The numbers, switches and named values of a render request.</summary>
    public static IReadOnlyList<Capability> Render { get; } =
        [new("render", true, Without(SceneParameters.Of<CreateRenderRequest>(), "output_format"))];

    public static Capability Effect(string type)
    {
        var parameters = SceneParameters.Of<SceneEffect>();
        if (type == "chroma_key")
        {
            foreach (var (name, parameter) in SceneParameters.Of<ChromaSettings>("chroma_settings."))
                parameters[name] = parameter;
        }

        return Capability.NotYet(type, parameters);
    }

    public static Capability Transition(string type) => Capability.NotYet(type, SceneParameters.Of<SceneTransition>());

    /// <remarks>Of weights and styles that it lacks, the nearest is taken, and bold and italics are made up.</remarks>
    public static Capability Font(FontFamilyCapability family) => Capability.Ready(family.Name) with
    {
        Parameters = new Dictionary<string, CapabilityParameter>
        {
            ["font_weight"] = new("integer", family.Lightest, family.Heaviest),
            ["font_style"] = new("string", Enum: family.HasItalics ? ["normal", "italic"] : ["normal"]),
        },
    };

    /// <summary>The fields of an element; of a text, which of its animations can be rendered.</summary>
    public static Capability Element(string type, RenderingCapabilities rendering)
    {
        var parameters = type switch
        {
            "video" => SceneParameters.Of<VideoElement>(),
            "audio" => SceneParameters.Of<AudioElement>(),
            "image" => SceneParameters.Of<ImageElement>(),
            "text" => SceneParameters.Of<TextElement>(),
            "composition" => SceneParameters.Of<CompositionElement>(),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
        };
        if (type == "text")
        {
            parameters[WordAnimation] = new("string", Enum: [.. SceneNames.WordAnimations.Where(rendering.WordAnimations.Contains)]);
            parameters[TextPreset] = new("string", Enum: [.. SceneNames.TextPresets.Where(rendering.TextPresets.Contains)]);
        }

        return Capability.NotYet(type, Without(parameters, "blend_mode"));
    }

    /// <param name="byCharacter">Those that can be rendered so.</param>
    public static Capability Motion(string type, IReadOnlySet<string> byCharacter)
    {
        var parameters = Without(SceneParameters.Of<ElementMotion>(), "easing");
        parameters[Direction] = new("string", Enum: Directions(type));
        parameters[Scope] = new("string", Default: "element", Enum: ["element"]);
        if (PerCharacter.Contains(type) && byCharacter.Contains(type))
        {
            parameters[Scope] = parameters[Scope] with { Enum = ["element", "character"] };
            parameters[CharacterDirection] = new("string", Enum: CharacterDirections(type));
        }

        return Capability.NotYet(type, parameters);
    }

    static string[] CharacterDirections(string type)
    {
        if (BothWaysPerCharacter.Contains(type))
            return ["entrance", "exit"];
        return BothWays.Contains(type) ? ["entrance"] : Directions(type);
    }

    /// <summary>Of names that have a section of their own, this says nothing.</summary>
    static Dictionary<string, CapabilityParameter> Without(Dictionary<string, CapabilityParameter> parameters, string name)
    {
        parameters.Remove(name);
        return parameters;
    }

    static string[] Directions(string type)
    {
        if (ExitOnly.Contains(type))
            return ["exit"];
        if (BothWays.Contains(type))
            return ["entrance", "exit"];
        return type.StartsWith("loop_", StringComparison.Ordinal) ? ["loop"] : ["entrance"];
    }
}
