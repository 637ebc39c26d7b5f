using Sojourn.Events.Rules;
using Sojourn.Kinds.Checkouts.Customers;
using Sojourn.Kinds.Checkouts.Reasons;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Sessions;

namespace Sojourn.Kinds.Checkouts;

/// <summary>A project's rules about checkouts, ready for use.</summary>
/// <param name="Reasons">Why forms are left.</param>
/// <param name="Recovery">What counts as recovered.</param>
/// <param name="Regions">The regions customers are in.</param>
internal sealed record CheckoutRules(
    ReasonJudge Reasons, RecoverySet Recovery, RegionSet Regions)
{
    /// <summary>The rules that ship.</summary>
    public static CheckoutRules Default { get; } = new(
        new ReasonJudge(ReasonSet.Default, 0), RecoverySet.Default, RegionSet.Default);

    /// <summary>
    /// The rules of a project. A saved set that this program cannot read counts as shipped.
    /// </summary>
    public static CheckoutRules Of(ProjectSettings settings)
    {
        var reasons = settings.Rules.GetValueOrDefault(ReasonSet.Name);
        var recovery = settings.Rules.GetValueOrDefault(RecoverySet.Name);
        var regions = settings.Rules.GetValueOrDefault(RegionSet.Name);
        if (reasons is null && recovery is null && regions is null)
            return Default;

        return new CheckoutRules(
            new ReasonJudge(RuleJson.Read(reasons, ReasonSet.Default), reasons?.Version ?? 0),
            RuleJson.Read(recovery, RecoverySet.Default),
            RuleJson.Read(regions, RegionSet.Default));
    }

    /// <summary>The country of numbers and regions without one; null = unknown.</summary>
    public string? CountryOf(ProjectSettings settings) =>
        Recovery.Country ?? CountryOf(settings.Currency);

    private static string? CountryOf(string currency) => currency switch
    {
        "DZD" => "DZ",
        "MAD" => "MA",
        "TND" => "TN",
        "LYD" => "LY",
        "EGP" => "EG",
        "MRU" => "MR",
        "SAR" => "SA",
        "AED" => "AE",
        "QAR" => "QA",
        "TRY" => "TR",
        "GBP" => "GB",
        "CHF" => "CH",
        "INR" => "IN",
        "USD" => "US",
        "CAD" => "CA",
        _ => null,
    };
}
