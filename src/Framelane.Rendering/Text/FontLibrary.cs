using System.Collections.Concurrent;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Text;

/// <summary>The fonts that texts can be set in: those installed, and files besides. They are opened when they are first used. For any number of threads.</summary>
/// <remarks>
/// Files besides serve the texts that name their family, and no others: neither are signs taken from them that another font lacks, nor are
/// they ever <see cref="DefaultFamily"/>, which a plan's watermark is set in.
/// </remarks>
public sealed class FontLibrary
{
    public const string DefaultFamily = TextElement.DefaultFontFamily;

    static readonly string[] BuiltIn = ["/usr/share/fonts", "/usr/local/share/fonts"];
    static readonly string[] Extensions = [".ttf", ".otf", ".ttc", ".otc"];
    const int NormalWidth = 5, MediumWeight = 500;

    static readonly Lazy<FontLibrary> BuiltInOnly = new(() => Of([]));

    readonly Dictionary<string, FontFace[]> families;
    readonly ConcurrentDictionary<(FontFace Face, int Weight), Lazy<LoadedFont?>> loaded = new();

    readonly FontLibrary? installed;

    FontLibrary(IEnumerable<FontFace> faces, FontLibrary? installed = null)
    {
        this.installed = installed;
        families = faces.GroupBy(face => face.Family).ToDictionary(group => group.Key, group => group.ToArray());
        FallbackOrder = installed?.FallbackOrder
            ?? [.. Families.OrderBy(name => name.StartsWith("Noto Sans ", StringComparison.Ordinal) ? 0 : name.StartsWith("Noto ", StringComparison.Ordinal) ? 1 : 2)];
    }

    /// <summary>The fonts of the built-in folders.</summary>
    public static FontLibrary Installed => BuiltInOnly.Value;

    public IEnumerable<string> Families => families.Keys.Union(installed?.Families ?? []).Order(StringComparer.Ordinal);

    /// <summary>The files that it was read from, in a fixed order.</summary>
    internal IEnumerable<string> Files =>
        families.Values.SelectMany(faces => faces).Select(face => face.Path).Union(installed?.Files ?? []).Order(StringComparer.Ordinal);

    /// <summary>Where signs are looked for that no nearer font has.</summary>
    internal IReadOnlyList<string> FallbackOrder { get; }

    /// <param name="folders">Besides the built-in ones; searched with all that is in them. One that is not there has no fonts.</param>
    public static FontLibrary Of(IEnumerable<string> folders) => new(
        BuiltIn.Concat(folders)
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true }).Order(StringComparer.Ordinal))
            .Where(file => Extensions.Contains(Path.GetExtension(file).ToLowerInvariant()))
            .SelectMany(FontFileReader.Read));

    /// <summary>These fonts and those of the files, which go before installed ones of the same family; of two alike the first does.</summary>
    public FontLibrary With(IEnumerable<string> files) =>
        new(files.SelectMany(FontFileReader.Read).Where(face => face.Family != DefaultFamily), installed ?? this);

    /// <summary>Closes what was opened of the files. Nothing may be drawn with it any more.</summary>
    public void CloseOwn()
    {
        if (installed is null)
            throw new InvalidOperationException("Installed fonts stay open.");
        foreach (var font in loaded.Values)
            font.Value?.Dispose();
        loaded.Clear();
    }

    /// <summary>The family's lightest and heaviest weight, and whether it has italics of its own.</summary>
    public (int Lightest, int Heaviest, bool HasItalics) Styles(string family) => families.TryGetValue(family, out var faces)
        ? (faces.Min(face => face.LightestWeight), faces.Max(face => face.HeaviestWeight), faces.Any(face => face.IsItalic))
        : installed!.Styles(family);

    /// <summary>The family's font nearest to that weight and style; null where there is no such family.</summary>
    internal TextFont? Find(string family, int weight, bool isItalic)
    {
        if (!families.TryGetValue(family, out var faces))
            return installed?.Find(family, weight, isItalic);
        var face = faces
            .OrderBy(face => face.IsItalic == isItalic ? 0 : 1)
            .ThenBy(face => Math.Abs(face.Width - NormalWidth))
            .ThenBy(face => Math.Abs(face.NearestWeight(weight) - weight))
            // Of two as near, the bolder where bold was asked for.
            .ThenBy(face => weight > MediumWeight ? -face.HeaviestWeight : face.HeaviestWeight)
            .First();
        return Load(face, face.NearestWeight(weight)) is { } font ? TextFont.Of(font, weight, isItalic) : null;
    }

    /// <summary>The same of installed fonts alone.</summary>
    internal TextFont? FindInstalled(string family, int weight, bool isItalic) => (installed ?? this).Find(family, weight, isItalic);

    // A file may have gone, or be one that only its head is sound of.
    LoadedFont? Load(FontFace face, int weight) => loaded.GetOrAdd((face, weight), key => new(() =>
    {
        try
        {
            return new(key.Face, key.Weight);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    })).Value;
}
