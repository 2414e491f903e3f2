using System.Text.Json.Nodes;

namespace Framelane.Api.Tests.OpenApi;

/// <summary>A comparison that finds nothing proves nothing unless it is seen to find.</summary>
public sealed class DifferencesTests
{
    [TestCase("""{"a": 1}""", """{"a": 1, "b": 2}""")]
    [TestCase("""{"required": ["a", "b"]}""", """{"required": ["b", "a"]}""")]
    [TestCase("""{"anyOf": [{"type": "string"}, {"type": "integer"}]}""", """{"type": ["integer", "string"]}""")]
    [TestCase("""{"x": {"parameters": [{"name": "a"}]}}""", """{"x": {"parameters": [{"name": "b"}, {"name": "a", "in": "path"}]}}""")]
    public void Same_meaning_has_none(string expected, string actual) => Assert.That(Find(expected, actual), Is.Empty);

    [TestCase("""{"a": 1}""", """{"a": 2}""")]
    [TestCase("""{"a": 1}""", """{}""")]
    [TestCase("""{"a": {"b": "c"}}""", """{"a": {"b": ["c"]}}""")]
    [TestCase("""{"required": ["a"]}""", """{"required": ["a", "b"]}""")]
    [TestCase("""{"required": ["a", "b"]}""", """{"required": ["a"]}""")]
    [TestCase("""{"type": "string"}""", """{"type": ["string", "null"]}""")]
    [TestCase("""{"anyOf": [{"type": "string"}, {"type": "integer"}]}""", """{"type": ["integer", "string", "null"]}""")]
    public void Another_meaning_has_some(string expected, string actual) => Assert.That(Find(expected, actual), Is.Not.Empty);

    static IEnumerable<string> Find(string expected, string actual) => Differences.Of(JsonNode.Parse(expected), JsonNode.Parse(actual), "");
}
