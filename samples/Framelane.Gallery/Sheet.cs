using Framelane.Client;

namespace Framelane.Gallery;

/// <summary>All specimens on one picture, which is a render itself: a composition a still, a picture a family, and those below each other.</summary>
sealed class Sheet(Renders renders, IReadOnlyList<Specimen> specimens, string folder)
{
    /// <summary>How many times smaller a still is than its shot.</summary>
    const int Shrunk = 3;

    // Pixels.
    const int Width = 2028, Gap = 10, StillWidth = Shot.Width / Shrunk, StillHeight = Shot.Height / Shrunk, Pitch = StillWidth + 4, Label = 30, Heading = 56;

    /// <summary>Seconds: when each still's shot has come to its instant.</summary>
    const double Instant = Shot.Length + 1;

    static readonly Dimension Smaller = FormattableString.Invariant($"{100.0 / Shrunk}%");

    const string Paper = "#14161c", Ink = "#e8e8ea";

    public async Task MakeAsync(string path, CancellationToken cancellationToken)
    {
        var families = new List<(string Name, Uri Picture, int Height)>();
        foreach (var family in specimens.GroupBy(specimen => specimen.Family))
        {
            var (scene, height) = Family([.. family]);
            var picture = Path.Combine(folder, $"{family.Key}.png");
            await renders.MakeAsync(scene, picture, cancellationToken);
            families.Add((family.Key, await renders.UploadAsync(picture, cancellationToken), height));
            File.Delete(picture);
        }

        await renders.MakeAsync(Whole(families), path, cancellationToken);
    }

    static (CreateRenderRequest Scene, int Height) Family(IReadOnlyList<Specimen> specimens)
    {
        var columns = Width / (specimens[0].Stills.Count * Pitch + Gap);
        var (cell, height) = ((Width - Gap) / columns, (specimens.Count + columns - 1) / columns * (StillHeight + Label));
        var elements = specimens.Index().SelectMany(each => Cell(each.Item, Gap + each.Index % columns * cell, each.Index / columns * (StillHeight + Label)));
        return (Blank(height, [.. elements]), height);
    }

    static CreateRenderRequest Whole(IReadOnlyList<(string Name, Uri Picture, int Height)> families)
    {
        var elements = new List<SceneElement>();
        var top = 0;
        foreach (var (name, picture, height) in families)
        {
            elements.Add(Line($"{char.ToUpperInvariant(name[0])}{name[1..]}", Gap, top, Heading, 26, 700));
            elements.Add(new ImageElement { Id = name, SourceUrl = picture, Duration = Instant + 1, Width = Width, Height = height, Y = top + Heading + height / 2.0 });
            top += Heading + height;
        }

        return Blank(top, elements);
    }

    static IEnumerable<SceneElement> Cell(Specimen specimen, int left, int top) =>
    [
        Line(specimen.Name, left, top, Label, 15, 500),
        .. specimen.Stills.Select((still, index) =>
        {
            var id = $"{specimen.Name}-{index}-";
            return new CompositionElement
            {
                Id = id, Time = Instant - still.Instant, Duration = Shot.Length, Elements = still.Shot.Elements(id), Transitions = still.Shot.Transitions(id),
                Width = Shot.Width, Height = Shot.Height, XScale = Smaller, YScale = Smaller, X = left + index * Pitch + StillWidth / 2.0, Y = top + Label + StillHeight / 2.0,
            };
        }),
    ];

    static TextElement Line(string text, int left, int top, int height, double size, int weight) => new()
    {
        Text = text, Duration = Instant + 1, FontSize = size, FontWeight = weight, TextColor = Ink, TextAlign = TextAlign.Left,
        Width = Width, Height = height, X = left + Width / 2.0, Y = top + height / 2.0,
    };

    static CreateRenderRequest Blank(int height, IReadOnlyList<SceneElement> elements) => new()
    {
        Width = Width, Height = height, Duration = Instant + 1, FrameAt = Instant, OutputFormat = OutputFormat.Png, BackgroundColor = Paper, Elements = elements,
    };
}
