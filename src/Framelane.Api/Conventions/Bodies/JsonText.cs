using System.Text.Json;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>Reads JSON strings, of which not all are text: an escaped half of a surrogate pair is well-formed JSON.</summary>
static class JsonText
{
    public static bool TryGetText(this JsonElement json, out string text)
    {
        try
        {
            text = json.GetString()!;
            return true;
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
            return true;
        }
        catch (InvalidOperationException)
        {
            name = "";
            return false;
        }
    }
}
