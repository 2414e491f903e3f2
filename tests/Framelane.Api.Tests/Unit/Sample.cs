using System.Text.Json.Serialization;
using Framelane.Application.Common;

namespace Framelane.Api.Tests.Unit;

/// <summary>A request with everything that a body can hold.</summary>
public sealed record Sample
{
    public required string Name { get; init; }

    public string? Note { get; init; }

    public int Count { get; init; } = 7;

    public int? Maybe { get; init; }

    public double Ratio { get; init; }

    public bool Flag { get; init; }

    public Colour Colour { get; init; }

    public DateTimeOffset At { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyList<Part> Parts { get; init; } = [];

    [TakesOne]
    public IReadOnlyList<Part> Few { get; init; } = [];

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public Optional<string> Given { get; init; }

    public Optional<string?> Nullable { get; init; }

    public IReadOnlyList<Element>? Elements { get; init; }

    [JsonPropertyName("renamed")]
    public string? Other { get; init; }
}

public sealed record Part
{
    public required int Size { get; init; }

    public IReadOnlyList<Part>? Inner { get; init; }
}

public enum Colour
{
    DarkRed,
    Green,
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Picture), "image")]
[JsonDerivedType(typeof(Writing), "text")]
public abstract record Element;

public sealed record Picture : Element
{
    public required string SourceUrl { get; init; }
}

public sealed record Writing : Element
{
    public required string Text { get; init; }

    public IReadOnlyList<Element>? Elements { get; init; }
}
