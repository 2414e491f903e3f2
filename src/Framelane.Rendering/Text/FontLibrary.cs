using System.Collections.Concurrent;

namespace Framelane.Rendering.Text;

/// <summary>The fonts that texts can be set in: those installed, and files besides. They are opened when they are first used. For any number of threads.</summary>
public sealed class FontLibrary
{
    public const string DefaultFamily = "Inter";

    static readonly string[] BuiltIn = ["/usr/share/fonts", "/usr/local/share/fonts"];
    static readonly string[] Extensions = [".ttf", ".otf", ".ttc", ".otc"];
    const int NormalWidth = 5, MediumWeight = 500;

    static readonly Lazy<FontLibrary> BuiltInOnly = new(() => Of([]));

    readonly Dictionary<string, FontFace[]> families;
    readonly ConcurrentDictionary<(FontFace Face, int Weight), Lazy<LoadedFont?>> loaded = new();

    FontLibrary(IEnumerable<FontFace> faces)
    {
        families = faces.GroupBy(face => face.Family).ToDictionary(group => group.Key, group => group.ToArray());
        FallbackOrder = [.. Families.OrderBy(name => name.StartsWith("Noto Sans ", StringComparison.Ordinal) ? 0 : name.StartsWith("Noto ", StringComparison.Ordinal) ? 1 : 2)];
    }

    /// <summary>The fonts of the built-in folders.</summary>
    public static FontLibrary Installed => BuiltInOnly.Value;

    public IEnumerable<string> Families => families.Keys.Order(StringComparer.Ordinal);

    /// <summary>Where signs are looked for that no nearer font has.</summary>
    internal IReadOnlyList<string> FallbackOrder { get; }

    /// <param name="folders">Besides the built-in ones; searched with all that is in them. One that is not there has no fonts.</param>
    public static FontLibrary Of(IEnumerable<string> folders) => new(
        BuiltIn.Concat(folders)
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true }).Order(StringComparer.Ordinal))
            .Where(file => Extensions.Contains(Path.GetExtension(file).ToLowerInvariant()))
            .SelectMany(FontFileReader.Read));

    /// <summary>These fonts and those of the files, which go before installed ones of the same family.</summary>
    public FontLibrary With(IEnumerable<string> files)
    {
        var own = files.SelectMany(FontFileReader.Read).ToArray();
        var names = own.Select(face => face.Family).ToHashSet();
        return new(own.Concat(families.Where(family => !names.Contains(family.Key)).SelectMany(family => family.Value)));
    }

    /// <summary>The family's lightest and heaviest weight, and whether it has italics of its own.</summary>
    public (int Lightest, int Heaviest, bool HasItalics) Styles(string family) => (
        families[family].Min(face => face.LightestWeight), families[family].Max(face => face.HeaviestWeight), families[family].Any(face => face.IsItalic));

    /// <summary>The family's font nearest to that weight and style; null where there is no such family.</summary>
    internal TextFont? Find(string family, int weight, bool isItalic)
    {
        if (!families.TryGetValue(family, out var faces))
            return null;
        var face = faces
            .OrderBy(face => face.IsItalic == isItalic ? 0 : 1)
            .ThenBy(face => Math.Abs(face.Width - NormalWidth))
            .ThenBy(face => Math.Abs(face.NearestWeight(weight) - weight))
            // Of two as near, the bolder where bold was asked for.
            .ThenBy(face => weight > MediumWeight ? -face.HeaviestWeight : face.HeaviestWeight)
            .First();
        return Load(face, face.NearestWeight(weight)) is { } font ? TextFont.Of(font, weight, isItalic) : null;
    }

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
