using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Framelane.Application.Renders.Scenes;

/// <summary>
/// The ranges of a scene's numbers: said once, by <see cref="RangeAttribute"/> on the wire types, and read by validation, by the catalogue
/// and by the document.
/// </summary>
static class SceneRanges
{
    static readonly ConcurrentDictionary<Type, IReadOnlyList<SceneRange>> Known = new();

    /// <summary>Of all the numbers of a part of a scene that have one.</summary>
    public static IReadOnlyList<SceneRange> Of(Type part) => Known.GetOrAdd(part, static type =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (Property: property, Range: property.GetCustomAttribute<RangeAttribute>()))
            .Where(each => each.Range is not null)
            .Select(each => new SceneRange(each.Property, Number(each.Range!.Minimum), Number(each.Range.Maximum), each.Range.MinimumIsExclusive)),
    ]);

    static double Number(object limit) => Convert.ToDouble(limit, CultureInfo.InvariantCulture);
}

/// <param name="Min">The least, or what it is above.</param>
/// <param name="IsAbove">Whether <paramref name="Min"/> itself is too little.</param>
sealed record SceneRange(PropertyInfo Property, double Min, double Max, bool IsAbove)
{
    /// <summary>Whether it ends somewhere.</summary>
    public bool HasMax => Max < double.MaxValue;

    public bool Holds(double value) => (IsAbove ? value > Min : value >= Min) && value <= Max;
}
