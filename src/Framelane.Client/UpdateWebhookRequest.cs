namespace Framelane.Client;

/// <summary>What is left out stays as it is.</summary>
public partial class UpdateWebhookRequest
{
    /// <summary>Removes the description; leaving it out would keep it.</summary>
    public UpdateWebhookRequest WithoutDescription()
    {
        Description = null;
        AdditionalProperties["description"] = null!;
        return this;
    }
}
