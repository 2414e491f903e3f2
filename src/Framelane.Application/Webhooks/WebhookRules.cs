using FluentValidation;
using FluentValidation.Results;
using Framelane.Application.Abstractions;
using Framelane.Application.Assets;
using Framelane.Domain.Events;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Webhooks;

/// <summary>What a webhook's fields must be, at creation and change alike.</summary>
public static class WebhookRules
{
    /// <summary>The rule set that looks things up, in the network or the database, and so is run apart from the others, which do not wait.</summary>
    public const string NetworkRuleSet = "network";

    /// <summary>Names in a list of events, repeats among them: far above what there are, far below what would be work to answer.</summary>
    public const int MaxEvents = 100;

    /// <summary>The validation context's entry that says whose share of name look-ups is used: the workspace's id.</summary>
    public const string LookupPartition = "lookup_partition";

    public static void MustBeEvents<T>(this IRuleBuilderInitial<T, IReadOnlyList<string>?> rule) => rule
        .Cascade(CascadeMode.Stop)
        .Must(events => events is null || events.Count <= MaxEvents).WithErrorCode("too_long").WithMessage($"Name at most {MaxEvents} events.")
        .NotEmpty().WithErrorCode("events_empty").WithMessage("Name at least one event.")
        .ForEach(type => type
            .Must(EventTypes.IsKnown)
            .WithErrorCode("unknown_event")
            .WithMessage(_ => $"Not an event. Events are: {string.Join(", ", EventTypes.All)}."));

    /// <summary>Https, absolute, without user info, and not to a forbidden address (contract/webhooks.md, "Endpoints").</summary>
    public static void MustBeReachable<T>(this IRuleBuilder<T, string?> rule, IWebhookUrlPolicy policy) => rule.MustPass(policy.CheckAsync);

    /// <summary>As <see cref="MustBeReachable"/>, of what is fetched.</summary>
    public static void MustBeFetchable<T>(this IRuleBuilder<T, string?> rule, SourceUrlRules sources) => rule.MustPass(sources.CheckAsync);

    /// <summary>Whose request is validated. In the rule set that looks things up alone.</summary>
    public static WorkspaceId CallingWorkspace<T>(this ValidationContext<T> context) => WorkspaceId.FromStored((string)context.RootContextData[LookupPartition]);

    static void MustPass<T>(this IRuleBuilder<T, string?> rule, Func<string, string, CancellationToken, ValueTask<UrlRefusal?>> check) => rule
        .CustomAsync(async (url, context, cancellationToken) =>
        {
            var partition = context.RootContextData.TryGetValue(LookupPartition, out var workspace) ? (string)workspace : "";
            if (url is null || await check(url, partition, cancellationToken) is not { } refusal)
                return;
            context.AddFailure(new ValidationFailure(context.PropertyPath, refusal.Message) { ErrorCode = refusal.Type, AttemptedValue = url });
        });

    /// <summary>Each once, in the catalogue's order.</summary>
    public static IReadOnlyList<string> Normalize(IReadOnlyList<string> events) => [.. EventTypes.All.Where(events.Contains)];
}
