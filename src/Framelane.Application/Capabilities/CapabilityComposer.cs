using Framelane.Application.Common;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Events;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Microsoft.Extensions.Options;

namespace Framelane.Application.Capabilities;

/// <summary>Puts the catalogue together from what is configured and what is built.</summary>
public sealed class CapabilityComposer(
    IOptions<FramelaneLimits> limits,
    IOptions<PlanOptions> plans,
    IOptions<RateLimitOptions> rateLimits)
{
    public CapabilityCatalogue Compose() => new()
    {
        Effects = [.. SceneNames.Effects.Select(SceneCapabilities.Effect)],
        Motions = [.. SceneNames.Motions.Select(SceneCapabilities.Motion)],
        Transitions = NotYet(SceneNames.Transitions),
        BlendModes = NotYet(SceneNames.BlendModes),
        Easings = NotYet(SceneNames.Easings),
        ElementTypes = NotYet(SceneNames.ElementTypes),
        OutputFormats = NotYet(SceneNames.OutputFormats),
        InputFormats = NotYet(SceneNames.InputFormats),
        TaskParameters = SceneCapabilities.Tasks,
        Fonts = [],
        Events = [.. EventTypes.All.Select(Capability.Ready)],
        Limits = Limits(limits.Value),
        RateLimits = new(
            rateLimits.Value.Enabled,
            new(plans.Value.Free.RequestsPerMinute),
            new(plans.Value.Pro.RequestsPerMinute),
            new(plans.Value.Enterprise.RequestsPerMinute),
            new(rateLimits.Value.UnauthenticatedRequestsPerMinute)),
    };

    static Capability[] NotYet(string[] types) => [.. types.Select(type => Capability.NotYet(type))];

    static CapabilityLimits Limits(FramelaneLimits limits) => new()
    {
        BodyBytes = limits.BodyBytes,
        Elements = limits.Elements,
        Transitions = limits.Transitions,
        MetadataEntries = limits.MetadataEntries,
        TextLength = limits.TextLength,
        WebhooksPerWorkspace = limits.WebhooksPerWorkspace,
        UrlLength = Webhook.MaxUrlLength,
        DescriptionLength = Webhook.MaxDescriptionLength,
        NameLength = Math.Min(Workspace.MaxNameLength, ApiKey.MaxNameLength),
        GracePeriodSeconds = GracePeriod.MaxSeconds,
        PageSize = PageRequest.MaxLimit,
    };
}
