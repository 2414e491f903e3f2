using System.Text.Json.Serialization;

namespace Framelane.Application.Capabilities;

/// <summary>One thing that requests can name.</summary>
/// <param name="Type">Its name in requests.</param>
/// <param name="Supported">Whether this installation can do it; a request for what it cannot is refused.</param>
/// <param name="Parameters">What it takes, by wire name.</param>
/// <param name="Reason">Why it is not supported.</param>
public sealed record Capability(
    string Type,
    bool Supported,
    IReadOnlyDictionary<string, CapabilityParameter> Parameters,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null)
{
    static readonly Dictionary<string, CapabilityParameter> None = [];

    public static Capability Ready(string type) => new(type, true, None);

    public static Capability NotYet(string type, IReadOnlyDictionary<string, CapabilityParameter>? parameters = null) =>
        new(type, false, parameters ?? None, "not_available");

    /// <summary>What needs configuration by whoever runs the installation.</summary>
    public static Capability Configured(string type, bool isConfigured, IReadOnlyDictionary<string, CapabilityParameter>? parameters = null) =>
        new(type, isConfigured, parameters ?? None, isConfigured ? null : "not_configured");
}

/// <summary>The range of one parameter.</summary>
/// <param name="Type"><c>integer</c>, <c>number</c>, <c>string</c>, <c>boolean</c> or <c>array</c> (then the range is of its length).</param>
/// <param name="Default">Null where it has none.</param>
/// <param name="Enum">All values, where they are named ones.</param>
/// <param name="ExclusiveMin">True where <c>min</c> itself is too little: what is given must be above it. Left out elsewhere.</param>
public sealed record CapabilityParameter(
    string Type,
    double? Min = null,
    double? Max = null,
    object? Default = null,
    IReadOnlyList<string>? Enum = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool ExclusiveMin = false);
