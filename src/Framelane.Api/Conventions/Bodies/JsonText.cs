using System.Text.Json;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>Reads JSON strings, of which not all are text: an escaped half of a surrogate pair is well-formed JSON.</summary>
static class JsonText
{
    public const string Rule = "text: neither half of a surrogate pair nor the character U+0000 is any";

    /// <summary>Not all databases can store the character U+0000.</summary>
    public static bool IsStorable(string text) => !text.Contains('\0', StringComparison.Ordinal);

    public static bool TryGetText(this JsonElement json, out string text)
    {
        try
        {
            text = json.GetString()!;
            return IsStorable(text);
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    public static bool TryGetName(this JsonProperty property, out string name)
    {
        try
        {
            name = property.Name;
            return IsStorable(name);
        }
        catch (InvalidOperationException)
        {
            name = "";
            return false;
        }
    }
}
