using System.Globalization;
using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Results;
using Framelane.Application.Abstractions;
using Framelane.Application.Assets;
using Framelane.Application.Capabilities;
using Framelane.Application.Common;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Application.Renders.Create;

/// <summary>Collects what is wrong with a scene. Places are property paths, such as <c>Elements[0].Opacity</c>.</summary>
sealed partial class SceneFaults(ValidationContext<CreateRenderRequest> context, CapabilityCatalogue catalogue, SourceUrlRules sources)
{
    public const string UnknownType = "enum";

    int found;

    public CapabilityCatalogue Catalogue => catalogue;

    /// <summary>As many are found as are told: looking for more would only take time.</summary>
    bool IsFull => found >= ValidationError.MaxFaults;

    /// <summary>What is said of a name that is none of those that there are.</summary>
    /// <param name="what">What each of them is, such as <c>an effect</c>.</param>
    public static string Unknown(string name, IEnumerable<string> names, string what) =>
        NearestName.Question(name, names) is { } question ? $"Not {what}. {question}" : $"Not {what}; GET /v1/capabilities lists them.";

    public void Add(string place, string type, string message, object? value = null) =>
        Add(new(place, message) { ErrorCode = type, AttemptedValue = value });

    /// <summary>What of a list can be looked at, with its places. Of one that is too long, which is a fault, it is no more than a list may hold.</summary>
    public IEnumerable<(T Entry, string At)> Entries<T>(IReadOnlyList<T>? list, string place, int max)
    {
        Count(place, list?.Count ?? 0, max);
        return First(list, place, max);
    }

    /// <summary>The same, where somebody else says that it is too long. What could not be read is null in a list, and has its fault already.</summary>
    public IEnumerable<(T Entry, string At)> First<T>(IReadOnlyList<T>? list, string place, int max) => (list ?? [])
        .Take(max)
        .TakeWhile(_ => !IsFull)
        .Select((entry, index) => (Entry: entry, At: $"{place}[{index}]"))
        .Where(each => each.Entry is not null);

    /// <summary>All the numbers of a part that have a range.</summary>
    public void Ranges(object part, string at = "")
    {
        var prefix = at.Length == 0 ? "" : at + ".";
        foreach (var range in SceneRanges.Of(part.GetType()))
        {
            if (range.Property.GetValue(part) is { } number)
                Check(range, prefix + range.Property.Name, Convert.ToDouble(number, CultureInfo.InvariantCulture));
        }
    }

    public void Positive(string place, double? value)
    {
        if (value is <= 0)
            AddRange(place, "Must be greater than 0.", value.Value, ("ComparisonValue", 0d));
    }

    /// <param name="end">Seconds, of the scene.</param>
    public void AfterTheEnd(string place, double at, double end) =>
        AddRange(place, FormattableString.Invariant($"Must be between 0 and {end}, the end."), at, ("From", 0d), ("To", end));

    /// <param name="end">Seconds, of the scene.</param>
    /// <param name="most">Seconds.</param>
    public void TooLong(string place, double end, double most) =>
        AddRange(place, FormattableString.Invariant($"Must be at most {most} s; a png or jpg may be of a scene that lasts longer."), end, ("To", most));

    public void Length(string place, string? text, int max)
    {
        if (text?.Length > max)
            Add(place, "too_long", $"At most {max} characters.", text);
    }

    public void Count(string place, int count, int max)
    {
        if (count > max)
            Add(place, "too_long", $"At most {max} entries.");
    }

    public void Color(string place, string? color)
    {
        if (color is not null && !ColorForm().IsMatch(color))
            Add(place, "pattern", "Must be a colour such as #RRGGBB or #RRGGBBAA.", color);
    }

    /// <summary>An address of a source.</summary>
    public void Url(string place, string? url)
    {
        if (url is not null && sources.CheckAsWritten(url) is { } refusal)
            Add(place, refusal.Type, refusal.Message, refusal.Type == UrlRefusalTypes.UserInfo ? null : url);
    }

    /// <summary>A name that the catalogue knows and that this installation can do.</summary>
    /// <returns>The entry; null where there is a fault.</returns>
    public Capability? Known(string place, string? name, IReadOnlyList<Capability> all, string what)
    {
        if (name is null)
            return null;
        if (all.FirstOrDefault(each => each.Type == name) is not { } entry)
        {
            if (!IsFull)
                Add(place, UnknownType, Unknown(name, all.Select(each => each.Type), what), name);
            return null;
        }

        if (entry.Supported)
            return entry;
        Add(place, "not_supported", $"'{name}' is not available on this installation.", name);
        return null;
    }

    void Check(SceneRange range, string place, double value)
    {
        if (range.Holds(value))
            return;
        var least = (range.IsAbove ? "ComparisonValue" : "From", range.Min);
        if (range.HasMax)
            AddRange(place, FormattableString.Invariant($"Must be {(range.IsAbove ? $"above {range.Min}, and at most" : $"between {range.Min} and")} {range.Max}."), value, least, ("To", range.Max));
        else
            AddRange(place, range.IsAbove ? FormattableString.Invariant($"Must be greater than {range.Min}.") : "Must not be negative.", value, least);
    }

    void AddRange(string place, string message, double value, params (string Name, double Value)[] limits) => Add(new(place, message)
    {
        ErrorCode = "out_of_range",
        AttemptedValue = value,
        FormattedMessagePlaceholderValues = limits.ToDictionary(limit => limit.Name, limit => (object)limit.Value),
    });

    void Add(ValidationFailure failure)
    {
        if (IsFull)
            return;
        found++;
        context.AddFailure(failure);
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?\\z")]
    private static partial Regex ColorForm();
}
