using System.Text.Json.Nodes;

namespace Framelane.Api.Tests.OpenApi;

/// <summary>What one OpenAPI node says that another does not. What the other says besides is no difference.</summary>
static class Differences
{
    public static IEnumerable<string> Of(JsonNode? expected, JsonNode? actual, string place) => (expected, actual) switch
    {
        (JsonObject theirs, JsonObject ours) => OfObjects(Normal(theirs), Normal(ours), place),
        (JsonArray theirs, JsonArray ours) => OfSets(theirs, ours, place),
        _ => JsonNode.DeepEquals(expected, actual) ? [] : [$"{place}: {Show(expected)} became {Show(actual)}"],
    };

    static IEnumerable<string> OfObjects(JsonObject expected, JsonObject actual, string place) =>
        from property in expected
        from difference in actual.ContainsKey(property.Key)
            ? Of(property.Value, actual[property.Key], $"{place}/{property.Key}")
            : [$"{place}/{property.Key}: {Show(property.Value)} is missing"]
        select difference;

    /// <remarks>The order of tags, parameters, required names and alternatives means nothing; the number of all but parameters does.</remarks>
    static IEnumerable<string> OfSets(JsonArray expected, JsonArray actual, string place)
    {
        foreach (var item in expected)
        {
            if (!actual.Any(candidate => !Of(item, candidate, place).Any()))
                yield return $"{place}: {Show(item)} is missing";
        }

        if (actual.Count > expected.Count && !place.EndsWith("/parameters", StringComparison.Ordinal))
            yield return $"{place}: {Show(expected)} became {Show(actual)}";
    }

    /// <remarks>A choice between plain types and a list of types are the same.</remarks>
    static JsonObject Normal(JsonObject node)
    {
        if (node["anyOf"] is not JsonArray choices || !choices.All(choice => choice is JsonObject { Count: 1 } only && only["type"] is JsonValue))
            return node;
        var normal = node.DeepClone().AsObject();
        normal.Remove("anyOf");
        normal["type"] = new JsonArray([.. choices.Select(choice => choice!["type"]!.DeepClone())]);
        return normal;
    }

    static string Show(JsonNode? node) => node?.ToJsonString() ?? "null";
}
