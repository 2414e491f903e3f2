using System.Text.Json;
using System.Text.Json.Serialization;
using Framelane.Client;

namespace Framelane.Gallery;

/// <summary>One specimen of each entry that the server's own catalogue says it has.</summary>
sealed class Specimens(Uri street, Uri lake)
{
    // Seconds: when a motion begins and how long it takes, and the same of a transition.
    const double Begins = 0.5, Moves = 1.2, Changes = 1.2;

    /// <summary>An effect that moves is well under way.</summary>
    const double Settled = 1.6;

    /// <summary>Of a motion's or transition's length: none at which a loop passes its rest.</summary>
    static readonly double[] Shown = [0.2, 0.45, 0.7];

    /// <summary>Words into the caption.</summary>
    static readonly double[] Words = [0.2, 2.3, 4.5];

    /// <summary>Seconds in which a title comes in.</summary>
    static readonly double[] Coming = [0.15, 0.45, 0.9];

    static readonly JsonSerializerOptions WireNames = new() { Converters = { new JsonStringEnumConverter() } };

    static readonly string[] Caption = ["Every", "word", "in", "its", "time"];

    public IEnumerable<Specimen> Of(CapabilityCatalogue catalogue) =>
    [
        .. Supported(catalogue.Effects).Select(effect => Effect(effect.Type)),
        .. Supported(catalogue.Motions).Select(Motion),

        // An alias of cross_dissolve.
        .. Supported(catalogue.Transitions).Where(transition => transition.Type != "fade").Select(transition => Transition(transition.Type)),
        .. Enum.GetValues<WordAnimationStyle>().Select(WordAnimation),
        .. catalogue.ElementTypes.Single(element => element.Type == "text").Parameters["animation_preset"].Enum!.Select(Preset),
    ];

    static IEnumerable<Capability> Supported(IEnumerable<Capability> section) => section.Where(entry => entry.Supported);

    Specimen Effect(string name)
    {
        // A key that is out of the street's blue sky, before the lake.
        var key = name == "chroma_key" ? new ChromaSettings { HueMin = 190, HueMax = 230, SatMin = 0.2, SatMax = 1, LumMin = 0.2, LumMax = 1 } : null;
        Shot At(double intensity) => Shot.Of(id =>
        [
            Picture(id + "picture", street, new SceneEffect { Type = name, Intensity = intensity, ChromaSettings = key }),
            .. key is null ? (SceneElement[])[] : [Picture(id + "behind", lake)],
        ]);
        return new("effects", name, At(100), [new(At(50), Settled), new(At(100), Settled)]);
    }

    Specimen Motion(Capability motion)
    {
        var directions = motion.Parameters["direction"].Enum!;
        var (isLoop, leaves) = (directions.Contains("loop"), !directions.Contains("entrance") && directions.Contains("exit"));
        var isLong = isLoop || motion.Type.StartsWith("ken_burns", StringComparison.Ordinal);
        var (begins, length) = isLong ? (0, Shot.Length) : (Begins, Moves);
        ElementMotion[] Motions(MotionScope scope, bool both) =>
        [
            new() { Type = motion.Type, Time = begins, Duration = length, Scope = scope, Reversed = leaves ? true : null },
            .. both ? (ElementMotion[])[new() { Type = motion.Type, Time = Shot.Length - 1, Duration = 0.8, Scope = scope, Reversed = true }] : [],
        ];
        var shot = Shot.Of(id =>
        [
            Backdrop(id + "behind"),
            new ImageElement
            {
                Id = id + "picture", SourceUrl = street, Duration = Shot.Length, ZIndex = 1, Motion = Motions(MotionScope.Element, directions.Contains("exit") && !leaves),
                Width = "56%", Height = "56%", Y = "40%", BorderRadius = 12,
            },
            .. motion.Parameters["scope"].Enum!.Contains("character") ? (SceneElement[])[Text(id + "text", "Letter by letter", 33, Motions(MotionScope.Character, both: false))] : [],
        ]);
        return new("motions", motion.Type, shot, [.. Shown.Select(share => new Still(shot, begins + share * length))]);
    }

    Specimen Transition(string name)
    {
        const double cut = (Shot.Length + Changes) / 2;
        var shot = new Shot(
            id =>
            [
                new ImageElement { Id = id + "from", SourceUrl = street, Duration = cut },
                new ImageElement { Id = id + "to", SourceUrl = lake, Time = cut - Changes, Duration = Shot.Length - cut + Changes },
            ],
            id => [new() { Type = name, Duration = Changes, FromId = id + "from", ToId = id + "to" }]);
        return new("transitions", name, shot, [.. Shown.Select(share => new Still(shot, cut - Changes * (1 - share)))]);
    }

    Specimen WordAnimation(WordAnimationStyle style)
    {
        var each = (Shot.Length - Begins) / Caption.Length;
        var text = string.Join(' ', Caption);
        var shot = Shot.Of(id =>
        [
            Backdrop(id + "behind"),
            Text(id + "text", text, 39, []).With(caption => caption.WordAnimation = new()
            {
                Style = style,
                Words = [.. Caption.Select((word, index) => new CaptionWord { Text = word, Start = Begins + index * each, End = Begins + (index + 1) * each })],
            }),
        ]);
        return new("word animations", NameOf(style), shot, [.. Words.Select(word => new Still(shot, Begins + word * each))]);
    }

    Specimen Preset(string name)
    {
        var shot = Shot.Of(id =>
        [
            Backdrop(id + "behind"),
            Text(id + "text", "A title that\ncomes in", 51, []).With(title => title.AnimationPreset = name),
        ]);
        return new("text presets", name, shot, [.. Coming.Select(instant => new Still(shot, instant))]);
    }

    static string NameOf(WordAnimationStyle style) => JsonSerializer.Serialize(style, WireNames).Trim('"');

    ImageElement Backdrop(string id) => Picture(id, lake).With(picture => (picture.Brightness, picture.Blur) = (-20, 8));

    static ImageElement Picture(string id, Uri source, params SceneEffect[] effects) =>
        new() { Id = id, SourceUrl = source, Duration = Shot.Length, Effects = effects };

    static TextElement Text(string id, string text, double size, ElementMotion[] motion) => new()
    {
        Id = id, Text = text, Duration = Shot.Length, FontSize = size, FontWeight = 700, ZIndex = 2, Motion = motion,
        Y = motion.Length > 0 ? "86%" : "50%", Height = motion.Length > 0 ? "24%" : "100%",
    };
}

static class Elements
{
    /// <summary>The element, with more said of it.</summary>
    public static TElement With<TElement>(this TElement element, Action<TElement> change)
        where TElement : SceneElement
    {
        change(element);
        return element;
    }
}
