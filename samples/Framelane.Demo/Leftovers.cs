using Framelane.Client;

namespace Framelane.Demo;

/// <summary>What a demo takes back when it ends early.</summary>
static class Leftovers
{
    /// <summary>Deletes the webhook, if there is one. Its failure is not told: whatever failed before was, and is what should be heard.</summary>
    public static async Task ForgetAsync(this FramelaneClient client, string webhookId)
    {
        if (webhookId.Length == 0)
            return;
        try
        {
            await client.DeleteWebhookAsync(webhookId, CancellationToken.None);
        }
        catch (Exception failure) when (failure is FramelaneApiException or HttpRequestException)
        {
        }
    }
}
