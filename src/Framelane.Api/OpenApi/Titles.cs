namespace Framelane.Api.OpenApi;

static class Titles
{
    /// <summary><c>webhook_id</c> becomes <c>Webhook Id</c>, as the published document has it.</summary>
    public static string Of(string wireName) =>
        string.Join(' ', wireName.Split('_', '-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
